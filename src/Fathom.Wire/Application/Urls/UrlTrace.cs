namespace Fathom.Wire.Application.Urls;

/// <summary>What the parser noticed and did, for those who want to show it. Parsing without a trace is faster and allocates less.</summary>
public sealed class UrlTrace
{
    /// <summary>The validation errors, in the order in which they were found; a failure is the last.</summary>
    public IList<UrlError> Errors { get; } = new List<UrlError>();

    /// <summary>What was percent-encoded, in the order of the text.</summary>
    public IList<UrlEncodingStep> Encodings { get; } = new List<UrlEncodingStep>();
}
