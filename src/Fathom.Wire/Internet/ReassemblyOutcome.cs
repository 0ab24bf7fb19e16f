namespace Fathom.Wire.Internet;

/// <summary>What became of a packet that was given to an <see cref="IpReassembler"/>.</summary>
public abstract record ReassemblyOutcome
{
    private ReassemblyOutcome()
    {
    }

    /// <summary>It is no fragment: it goes up as it is.</summary>
    public sealed record Whole : ReassemblyOutcome;

    /// <summary>The fragment was kept; others are missing.</summary>
    /// <param name="Id">Which packet it belongs to.</param>
    /// <param name="Offset">Where it belongs in the fragmentable part.</param>
    /// <param name="Length">Octets that it brought.</param>
    /// <param name="Missing">The holes, in order; at least one.</param>
    public sealed record Kept(DatagramId Id, int Offset, int Length, IReadOnlyList<MissingRange> Missing) : ReassemblyOutcome;

    /// <summary>The same fragment was there already, byte for byte (RFC 8200 §4.5 lets it be ignored).</summary>
    /// <param name="Id">Which packet it belongs to.</param>
    /// <param name="Offset">Where it belongs.</param>
    /// <param name="Length">Octets that it brought again.</param>
    public sealed record Repeated(DatagramId Id, int Offset, int Length) : ReassemblyOutcome;

    /// <summary>The packet is whole again.</summary>
    /// <param name="Id">Which packet.</param>
    /// <param name="Packet">The packet as its sender made it: one header, no fragment marks; an IPv4 checksum is computed anew.</param>
    /// <param name="Fragments">Fragments that it came in.</param>
    public sealed record Completed(DatagramId Id, ReadOnlyMemory<byte> Packet, int Fragments) : ReassemblyOutcome;

    /// <summary>The fragment was dropped.</summary>
    /// <param name="Id">Which packet it belongs to; null if that could not be read.</param>
    /// <param name="Fault">Why.</param>
    public sealed record Dropped(DatagramId? Id, ReassemblyFault Fault) : ReassemblyOutcome;
}
