using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;
using Fathom.Wire.Transport;

namespace Fathom.Wire.Dissection.Filtering;

/// <summary>
/// Reads filter expressions by pcap-filter(7): "not" binds closest, "and" and "or" bind alike and from left to right.
/// </summary>
internal sealed class FilterParser
{
    // Deeper than any person nests; it bounds the recursion.
    private const int MaxDepth = 64;

    // pcap-filter(7) has no limit; an expression this long is generated, and better given to libpcap.
    private const int MaxWords = 4096;

    private static readonly string[] Protocols = ["ether", "ip", "ip6", "arp", "rarp", "tcp", "udp", "sctp", "icmp", "icmp6"];
    private static readonly string[] Kinds = ["host", "net", "port", "portrange", "proto"];

    private readonly List<string> _words;
    private int _at;
    private int _depth;
    private string _reason = string.Empty;
    private FilterQualifiers _last = new(null, FilterDirection.Either, "host");

    private FilterParser(List<string> words) => _words = words;

    private string? Word => _at < _words.Count ? _words[_at] : null;

    internal static bool TryParse(string text, [NotNullWhen(true)] out FilterNode? root, out string reason)
    {
        var parser = new FilterParser(Split(text));
        root = parser._words.Count == 0 ? new FilterNode.All() : parser._words.Count > MaxWords ? parser.Fail($"more than {MaxWords} words") : parser.Expression();
        if (root is not null && parser.Word is { } left) root = parser.Fail($"'{left}': expected 'and' or 'or' before it");
        reason = parser._reason;
        return root is not null;
    }

    private static List<string> Split(string text)
    {
        foreach (var mark in (ReadOnlySpan<string>)["(", ")", "&&", "||"]) text = text.Replace(mark, $" {mark} ", StringComparison.Ordinal);
        text = text.Replace("!", " ! ", StringComparison.Ordinal);
        return [.. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)];
    }

    private FilterNode? Expression()
    {
        var left = Term();
        while (left is not null && Word is "and" or "&&" or "or" or "||")
        {
            var isAnd = _words[_at++] is "and" or "&&";
            if (Term() is not { } right) return null;
            left = isAnd ? new FilterNode.And(left!, right) : new FilterNode.Or(left!, right);
        }

        return left;
    }

    private FilterNode? Term()
    {
        if (++_depth > MaxDepth) return Fail($"nested deeper than {MaxDepth}");
        var node = Word switch
        {
            null => Fail("something is missing at the end"),
            "not" or "!" => Negated(),
            "(" => Nested(),
            _ => Primitive(),
        };
        _depth--;
        return node;
    }

    private FilterNode? Negated()
    {
        _at++;
        return Term() is { } inner ? new FilterNode.Not(inner) : null;
    }

    private FilterNode? Nested()
    {
        _at++;
        var inner = Expression();
        if (inner is null) return null;
        if (Word != ")") return Fail("a ')' is missing");
        _at++;
        return inner;
    }

    private FilterNode? Primitive()
    {
        var start = _at;
        if (Word is "less" or "greater") return Size(_words[_at++]);
        var word = Protocols.Contains(Word) ? _words[_at++] : null;
        if (Word is "broadcast" or "multicast") return Group(word, _words[_at++]);
        var direction = Direction(out var hasDirection);
        if (direction is null) return null;
        var kind = Kinds.Contains(Word) ? _words[_at++] : null;
        if (word is not null && !hasDirection && kind is null && (Word is null or "and" or "&&" or "or" or "||" or ")")) return word == "ether" ? Fail("'ether': expected host, src, dst, broadcast or multicast behind it") : Is(word);
        if (Word is not { } id) return Fail($"'{_words[_at - 1]}': expected an address, a network or a port behind it");
        _at++;
        var qualifiers = _at - 1 == start ? _last : new FilterQualifiers(word, direction.Value, kind ?? "host");
        _last = qualifiers;
        return qualifiers.Kind switch
        {
            "host" when qualifiers.Word == "ether" => Station(id, qualifiers),
            "host" => Host(id, qualifiers),
            "net" => Net(id, qualifiers),
            "proto" => Proto(id, qualifiers),
            "port" => Ports(id, id, qualifiers),
            _ => PortRange(id, qualifiers),
        };
    }

    private FilterDirection? Direction(out bool isGiven)
    {
        isGiven = Word is "src" or "dst";
        if (!isGiven) return FilterDirection.Either;
        var first = _words[_at++];
        if (Word is not ("and" or "or") || _at + 1 >= _words.Count || _words[_at + 1] is not ("src" or "dst")) return first == "src" ? FilterDirection.Source : FilterDirection.Destination;
        var joint = _words[_at];
        if (_words[_at + 1] == first)
        {
            Fail($"'{first} {joint} {first}': expected src and dst");
            return null;
        }

        _at += 2;
        return joint == "and" ? FilterDirection.Both : FilterDirection.Either;
    }

    private static FilterNode Is(string word)
    {
        var qualifiers = new FilterQualifiers(word, FilterDirection.Either, null);
        // libpcap: "icmp" is that of IPv4 and "icmp6" that of IPv6.
        var type = word switch { "icmp" => EtherType.Ipv4, "icmp6" => EtherType.Ipv6, _ => qualifiers.Type };
        return new ProtocolNode(type, qualifiers.Protocol);
    }

    private FilterNode? Size(string word)
    {
        if (Word is not { } id || !long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var octets)) return Fail($"'{word}': expected a number of octets behind it");
        _at++;
        return word == "less" ? new FilterNode.Size(0, octets) : new FilterNode.Size(octets, long.MaxValue);
    }

    private FilterNode? Group(string? word, string kind) => (word, kind) switch
    {
        (null or "ether", "broadcast") => new GroupNode(GroupKind.LinkBroadcast),
        (null or "ether", _) => new GroupNode(GroupKind.LinkMulticast),
        ("ip", "multicast") => new GroupNode(GroupKind.Ipv4Multicast),
        ("ip6", "multicast") => new GroupNode(GroupKind.Ipv6Multicast),
        _ => Fail($"'{word} {kind}' is not known"),
    };

    private FilterNode? Station(string id, FilterQualifiers qualifiers)
        => MacAddress.TryParse(id, out var address) ? new MacNode(address, qualifiers.Direction) : Fail($"'{id}': expected a hardware address");

    private FilterNode? Host(string id, FilterQualifiers qualifiers)
    {
        if (qualifiers.Protocol is not null) return Fail($"'{qualifiers.Word} host': a host is one of ip, ip6, arp, rarp or ether");
        if (!IpAddress.TryParse(id, out var address)) return Fail($"'{id}': expected an address; names are not looked up here");
        return WithVersion(new IpPrefix(address, address.BitLength), id, qualifiers);
    }

    // "net 192.168" and "net 10" mean all addresses that begin so; "net 192.168.0.0 mask 255.255.0.0" is the old way to say a length.
    private FilterNode? Net(string id, FilterQualifiers qualifiers)
    {
        if (qualifiers.Protocol is not null || qualifiers.Word == "ether") return Fail($"'{qualifiers.Word} net': a network is one of ip, ip6, arp or rarp");
        var text = id;
        var octets = id.Split('.').Length;
        if (!id.Contains('/') && !id.Contains(':'))
        {
            var length = 8 * Math.Min(octets, 4);
            for (; octets < 4; octets++) text += ".0";
            if (Word == "mask")
            {
                _at++;
                if (Word is not { } mask || !IpAddress.TryParse(mask, out var bits) || !bits.IsV4) return Fail("'mask': expected 255.255.255.0 or its like behind it");
                _at++;
                length = System.Numerics.BitOperations.LeadingZeroCount(~(uint)bits.Value);
                if ((uint)bits.Value != (length == 0 ? 0 : uint.MaxValue << (32 - length))) return Fail($"'{mask}': expected a mask whose ones stand together");
            }

            text = string.Create(CultureInfo.InvariantCulture, $"{text}/{length}");
        }

        if (!IpPrefix.TryParse(text, out var prefix, out var error)) return Fail($"'{id}': expected a network: {error.Detail}");
        return WithVersion(prefix, id, qualifiers);
    }

    private FilterNode? WithVersion(IpPrefix prefix, string id, FilterQualifiers qualifiers)
    {
        var fits = qualifiers.Type is null || (qualifiers.Type == EtherType.Ipv6) == prefix.Address.IsV6;
        return fits ? new AddressNode(prefix, qualifiers.Direction, qualifiers.Type) : Fail($"'{qualifiers.Word} {id}': an address of the other IP version");
    }

    private FilterNode? Proto(string id, FilterQualifiers qualifiers)
    {
        if (qualifiers.Word is not (null or "ip" or "ip6")) return Fail($"'{qualifiers.Word} proto' is not known; ip and ip6 have one");
        if (byte.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return new ProtocolNode(qualifiers.Type, (IpProtocol)number);
        var name = new FilterQualifiers(id.TrimStart('\\'), FilterDirection.Either, null).Protocol;
        return name is { } protocol ? new ProtocolNode(qualifiers.Type, protocol) : Fail($"'{id}': expected a protocol's number, or tcp, udp, sctp, icmp or icmp6");
    }

    private FilterNode? PortRange(string id, FilterQualifiers qualifiers)
    {
        var dash = id.IndexOf('-');
        return dash <= 0 ? Fail($"'{id}': expected two ports, 1000-2000") : Ports(id[..dash], id[(dash + 1)..], qualifiers);
    }

    private FilterNode? Ports(string first, string last, FilterQualifiers qualifiers)
    {
        if (qualifiers.Word is not (null or "tcp" or "udp" or "sctp" or "ip" or "ip6")) return Fail($"'{qualifiers.Word} port': tcp, udp and sctp have ports");
        var transport = qualifiers.Word is "tcp" or "udp" or "sctp" ? qualifiers.Word : "tcp";
        if (!PortRegistry.TryParse(first, transport, out var low)) return Fail($"'{first}': expected a port from 0 to 65535, or a service's name");
        if (!PortRegistry.TryParse(last, transport, out var high)) return Fail($"'{last}': expected a port from 0 to 65535, or a service's name");
        // libpcap takes a range in either order.
        return new PortNode(Math.Min(low, high), Math.Max(low, high), qualifiers.Direction, qualifiers.Type, qualifiers.Protocol);
    }

    private FilterNode? Fail(string reason)
    {
        if (_reason.Length == 0) _reason = reason;
        return null;
    }
}
