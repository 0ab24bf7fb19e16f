namespace Fathom.Wire.Dissection;

/// <summary>A frame taken apart.</summary>
/// <param name="Layers">What could be read, outermost first; a quoted packet's layers follow the ICMP layer.</param>
/// <param name="Fault">The first fault, or null.</param>
/// <param name="FaultOffset">Octets from the frame's first to the bytes from which <paramref name="Fault"/> counts its offset; 0 without a fault.</param>
/// <param name="Summary">The packet in one line: "TCP 10.1.0.2:40112 → 10.3.0.2:443 [SYN] seq=1 win=64240 mss=1460".</param>
public sealed record Dissection(IReadOnlyList<DissectedLayer> Layers, WireError? Fault, int FaultOffset, string Summary)
{
    /// <summary>What became whole with this packet, where a <see cref="CaptureDissector"/> remembers those before it.</summary>
    public IReadOnlyList<ReassembledPart> Reassembled { get; init; } = [];

    /// <summary>Whose memory the fields are in; null where they have their own.</summary>
    internal DissectionContext? Lender { get; init; }
}
