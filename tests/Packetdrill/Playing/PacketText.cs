using System.Globalization;
using System.Text;
using Packetdrill.Language;

namespace Packetdrill.Playing;

/// <summary>Packets of a script, written as they stand there.</summary>
internal static class PacketText
{
    public static string Of(PacketAction action)
    {
        var text = new StringBuilder(action.Direction == Direction.Inbound ? "< " : "> ");
        switch (action)
        {
            case TcpPacketAction { Tcp: var tcp }:
                text.Append(FlagText.Of(PacketBuilder.FlagsOf(tcp))).Append(CultureInfo.InvariantCulture, $" {tcp.Sequence}");
                if (tcp.Acknowledgment is { } acknowledgment) text.Append(CultureInfo.InvariantCulture, $" ack {acknowledgment}");
                if (tcp.Window is { } window) text.Append(CultureInfo.InvariantCulture, $" win {window}");
                if (tcp.Urgent is { } urgent) text.Append(CultureInfo.InvariantCulture, $" urg {urgent}");
                if (tcp.AnyOptions) text.Append(" <...>");
                else if (tcp.Options.Count > 0) text.Append(" <").AppendJoin(',', tcp.Options).Append('>');
                break;
            case UdpPacketAction udp:
                text.Append(CultureInfo.InvariantCulture, $"udp ({udp.Length})");
                break;
            case IcmpPacketAction icmp:
                text.Append(CultureInfo.InvariantCulture, $"icmp {icmp.Type} {icmp.Code}");
                break;
        }

        return text.ToString();
    }
}
