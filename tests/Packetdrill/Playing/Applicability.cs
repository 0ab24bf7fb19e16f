using Fathom.Wire.Transport;
using Packetdrill.Language;

namespace Packetdrill.Playing;

/// <summary>Finds what a script needs and this stack does not have, before anything is played.</summary>
internal static class Applicability
{
    /// <summary>The reason, or null.</summary>
    public static string? Find(Script script, out int line)
    {
        foreach (var happening in script.Events)
        {
            line = happening.Line;
            var reason = happening.Action switch
            {
                UnsupportedAction unsupported => unsupported.Reason,
                TcpPacketAction packet => Find(packet),
                _ => null,
            };
            if (reason is not null) return reason;
        }

        line = 0;
        return null;
    }

    private static string? Find(TcpPacketAction packet)
    {
        if (packet.Direction == Direction.Outbound && (packet.Tcp.AceCounter is not null || (packet.Tcp.Flags & TcpFlags.Ae) != 0)) return "accurate ECN (RFC 9768)";
        foreach (var option in packet.Tcp.Options.OfType<TcpOptionSpec.Other>())
        {
            // An option that is only received is one that the stack must pass over (RFC 9293 §3.1, MUST-6).
            if (packet.Direction == Direction.Inbound && option.Name is not "multipath") continue;
            var reason = option.Name switch
            {
                "FO" or "FOEXP" => "TCP fast open (RFC 7413)",
                "md5" => "TCP MD5 signatures (RFC 2385)",
                "multipath" => "multipath TCP (RFC 8684)",
                "ECN" => "accurate ECN (RFC 9768)",
                _ => null,
            };
            if (reason is not null) return reason;
        }

        return null;
    }
}
