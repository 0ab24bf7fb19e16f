namespace Fathom.Wire.Dissection.Streams;

/// <summary>What a segment's payload adds to the packet's summary.</summary>
/// <param name="Message">The summary instead of the segment's, or null.</param>
/// <param name="Remark">A remark behind the summary, or null.</param>
internal readonly record struct StreamSummary(string? Message, string? Remark)
{
    /// <summary>The packet's summary.</summary>
    /// <param name="segment">The segment's own.</param>
    internal string? Over(string segment) => Remark is null ? Message : $"{Message ?? segment} ({Remark})";
}
