using Fathom.Wire.Application.Dhcpv6;
using Fathom.Wire.Internet;

namespace Fathom.Wire.Dissection;

/// <summary>DHCPv6 (RFC 8415): messages, and those that relays wrap around them.</summary>
internal sealed class Dhcpv6Dissector : IApplicationDissector
{
    private Dhcpv6Dissector()
    {
    }

    internal static Dhcpv6Dissector Instance { get; } = new();

    public string Protocol => "dhcpv6";

    public string Name => "DHCPv6";

    public bool TryDissect(IpProtocol transport, ReadOnlySpan<byte> payload, LayerWriter layer, out string summary, out WireError fault)
    {
        summary = string.Empty;
        fault = default;
        if (!Enum.IsDefined((Dhcpv6MessageType)payload[0]) || payload[0] == 0) return false;
        layer.HeaderLength = layer.Length = payload.Length;
        var options = new Dhcpv6OptionDissector(layer);
        summary = options.AddMessage(payload, 0, 0);
        fault = options.Fault;
        return true;
    }
}
