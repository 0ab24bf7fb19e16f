namespace Fathom.Wire.Dissection.Streams;

/// <summary>What stands first in a stream's octets.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Length">Its octets; 0 where it is not whole or not known.</param>
internal readonly record struct StreamUnit(StreamUnitKind Kind, int Length)
{
    /// <summary>More octets are needed.</summary>
    internal static StreamUnit Incomplete => new(StreamUnitKind.Incomplete, 0);

    /// <summary>The octets are not this protocol's, or not its any more.</summary>
    internal static StreamUnit Foreign => new(StreamUnitKind.Foreign, 0);
}
