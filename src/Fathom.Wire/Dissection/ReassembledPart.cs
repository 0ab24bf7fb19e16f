namespace Fathom.Wire.Dissection;

/// <summary>
/// Something that several packets carried and that became whole with this one: an IP datagram of several fragments, or an application's
/// message of several TCP segments.
/// </summary>
/// <param name="Name">What it is: "IPv4 datagram", "HTTP".</param>
/// <param name="Packets">The numbers of the packets that carried it, in the order of their octets.</param>
/// <param name="Bytes">Its octets, put together. Offsets of <paramref name="Layers"/> count from the first of them.</param>
/// <param name="Layers">What could be read, outermost first.</param>
/// <param name="Fault">The first fault, or null.</param>
/// <param name="FaultOffset">Octets from the first to those from which <paramref name="Fault"/> counts its offset.</param>
/// <param name="Summary">It in one line.</param>
public sealed record ReassembledPart(
    string Name, IReadOnlyList<int> Packets, ReadOnlyMemory<byte> Bytes, IReadOnlyList<DissectedLayer> Layers, WireError? Fault, int FaultOffset, string Summary)
{
    /// <summary>What became whole with it: a message that ends in a datagram of several fragments.</summary>
    public IReadOnlyList<ReassembledPart> Inner { get; init; } = [];
}
