using System.Globalization;
using Fathom.Wire.Explanation;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;
using Fathom.Wire.Transport;

namespace Fathom.Cli.Explain;

/// <summary>Numbers of registries: EtherTypes, IP protocols, ports.</summary>
internal sealed class NumberSource : ITermSource
{
    public IEnumerable<string> Terms => ["ethertype 0x0800", "ethertype 0x86dd", "protocol 6", "port 443"];

    public IEnumerable<TermAnswer> Find(string term)
    {
        var words = term.Split(' ');
        if (words.Length == 3 && words[0].Equals("ip", StringComparison.OrdinalIgnoreCase)) words = words[1..];
        if (words is [var kind, var value])
        {
            switch (kind.ToUpperInvariant())
            {
                case "ETHERTYPE" when TryHex(value, out var type): return [OfEtherType(type)];
                case "PROTOCOL" or "PROTO" when byte.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var protocol): return [OfProtocol(protocol)];
                case "PORT" when PortRegistry.TryParse(value, "tcp", out var port) || PortRegistry.TryParse(value, "udp", out port): return [OfPort(port)];
            }
        }

        var isPort = words.Length == 1 && ushort.TryParse(term, NumberStyles.None, CultureInfo.InvariantCulture, out var bare) && PortRegistry.Find(bare).Count > 0;
        if (isPort) return [OfPort(ushort.Parse(term, CultureInfo.InvariantCulture))];
        var isService = words.Length == 1 && ProtocolGlossary.Find(term) is null && TermGlossary.Find(term) is null && PortRegistry.FindByName(term) is [..] found && found.Count > 0;
        return isService ? [OfPort(PortRegistry.FindByName(term)[0].Port)] : [];
    }

    private static bool TryHex(string text, out ushort number)
        => ushort.TryParse(text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? text.AsSpan(2) : text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number);

    private static TermAnswer OfEtherType(ushort number)
    {
        var type = (EtherType)number;
        var hex = string.Create(CultureInfo.InvariantCulture, $"0x{number:x4}");
        var name = Enum.IsDefined(type) ? type.Describe() : EtherTypeRegistry.Find(number);
        var entry = ProtocolGlossary.All.FirstOrDefault(p => p.Numbers.Any(n => n.StartsWith($"EtherType {hex}", StringComparison.OrdinalIgnoreCase)));
        return new TermAnswer("ethertype", $"EtherType {hex}: {name ?? "not known here"}", number < 1536 ? "Below 1,536 the field is no type: up to 1,500 it is the payload's length (IEEE 802.3)." : entry?.Purpose ?? string.Empty)
        {
            Facts = [("layer", "link, OSI 2"), ("standard", entry?.Standard ?? "IEEE registration authority"), ("more", entry is null ? string.Empty : $"fathom explain {entry.Name.ToLowerInvariant()}")],
        };
    }

    private static TermAnswer OfProtocol(byte number)
    {
        var name = IpProtocolRegistry.Find(number);
        var entry = ProtocolGlossary.All.FirstOrDefault(p => p.Numbers.Any(n => n == $"IP protocol {number}"));
        return new TermAnswer("ip-protocol", $"IP protocol {number}: {entry?.Name ?? name ?? "not known here"}", entry?.Purpose ?? string.Empty)
        {
            Facts = [("layer", "named in the IPv4 protocol and IPv6 next header fields"), ("standard", entry?.Standard ?? "IANA protocol numbers"), ("more", entry is null ? string.Empty : $"fathom explain {entry.Name.ToLowerInvariant()}")],
        };
    }

    private static TermAnswer OfPort(ushort port)
    {
        var range = PortRegistry.RangeOf(port) switch
        {
            PortRange.Reserved => "reserved: as a local port it means \"any that is free\"",
            PortRange.System => "system (0–1023): on Unix only the privileged may listen here",
            PortRange.User => "user (1024–49151): assigned on request, free for anybody to use",
            _ => "dynamic (49152–65535): never assigned, for clients and private use",
        };
        var services = PortRegistry.Find(port);
        var entry = services.Select(static s => ProtocolGlossary.Find(s.Name)).FirstOrDefault(static p => p is not null)
            ?? ProtocolGlossary.All.FirstOrDefault(p => p.Numbers.Any(n => n.Split(' ') is [_, "port", var number, ..] && number == $"{port}"));
        var name = services.Count > 0 ? services[0].Name : entry?.Name ?? "no service registered";
        return new TermAnswer("port", $"Port {port}: {name}", entry?.Purpose ?? "A number by itself proves nothing: any program may listen on any port that it is allowed to.")
        {
            Facts =
            [
                ("layer", "transport, OSI 4"),
                ("registered", string.Join(", ", services.Select(static s => $"{s.Name}/{s.Transport}" + (s.Aliases.Count > 0 ? $" ({string.Join(", ", s.Aliases)})" : string.Empty)))),
                ("range", range),
                ("standard", entry is null ? "RFC 6335" : $"RFC 6335; {entry.Name}: {entry.Standard}"),
            ],
        };
    }
}
