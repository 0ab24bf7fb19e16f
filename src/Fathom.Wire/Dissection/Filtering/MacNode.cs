using Fathom.Wire.Link;

namespace Fathom.Wire.Dissection.Filtering;

/// <summary>"ether host": an address of the Ethernet header.</summary>
/// <param name="Address">The address.</param>
/// <param name="Direction">Which end.</param>
internal sealed record MacNode(MacAddress Address, FilterDirection Direction) : FilterNode
{
    private const int SourceOffset = 6;

    internal override bool Evaluate(ref FilterPacket packet)
    {
        if (!packet.IsEthernet) return false;
        return Direction switch
        {
            FilterDirection.Source => packet.Mac(SourceOffset) == Address,
            FilterDirection.Destination => packet.Mac(0) == Address,
            FilterDirection.Both => packet.Mac(SourceOffset) == Address && packet.Mac(0) == Address,
            _ => packet.Mac(SourceOffset) == Address || packet.Mac(0) == Address,
        };
    }
}
