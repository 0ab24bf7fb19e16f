using System.Globalization;
using Fathom.Wire.Explanation;
using Fathom.Wire.Internet;

namespace Fathom.Cli.Explain;

/// <summary>ICMP's messages by number: "icmp 3 3", "icmpv6 2", "icmp types".</summary>
internal sealed class IcmpSource : ITermSource
{
    public IEnumerable<string> Terms => ["icmp types", "icmpv6 types", "icmp 3 3"];

    public IEnumerable<TermAnswer> Find(string term)
    {
        var words = term.ToUpperInvariant().Replace('/', ' ').Split(' ');
        if (words.Length is < 2 or > 5 || words[0] is not ("ICMP" or "ICMPV4" or "ICMPV6" or "ICMP6")) yield break;
        var version = words[0].EndsWith('6') ? IpVersion.V6 : IpVersion.V4;
        var name = version == IpVersion.V6 ? "ICMPv6" : "ICMP";
        if (words is [_, "TYPES" or "TYPE"])
        {
            yield return new TermAnswer("icmp", $"{name}'s types", $"The first octet of an {name} message says what it is; the second, the code, which case of it. 'fathom explain {name.ToLowerInvariant()} TYPE CODE' says more.")
            {
                Rows = [.. IcmpGlossary.Types(version).Select(t => (Number(t.Type), t.Name, IcmpGlossary.Meaning(version, t.Type, 0) ?? string.Empty))],
            };
            yield break;
        }

        var numbers = words[1..].Where(static w => w is not ("TYPE" or "CODE")).ToArray();
        if (numbers.Length is < 1 or > 2 || !byte.TryParse(numbers[0], NumberStyles.None, CultureInfo.InvariantCulture, out var type)) yield break;
        byte code = 0;
        if (numbers.Length == 2 && !byte.TryParse(numbers[1], NumberStyles.None, CultureInfo.InvariantCulture, out code)) yield break;
        var title = numbers.Length == 2 ? $"{name} type {type}, code {code}: {IcmpGlossary.Name(version, type, code)}" : $"{name} type {type}: {(version == IpVersion.V6 ? ((Icmpv6Type)type).Describe() : ((IcmpType)type).Describe())}";
        var known = IcmpGlossary.Types(version).Any(t => t.Type == type);
        yield return new TermAnswer("icmp", title, known ? IcmpGlossary.Meaning(version, type, code) ?? string.Empty : "Fathom knows no message with this number.")
        {
            Facts = [("TCP/IP layer", "internet"), ("standard", version == IpVersion.V6 ? "RFC 4443, RFC 4861" : "RFC 792, RFC 1122")],
            Rows = numbers.Length == 2 ? [] : [.. Codes(version, type)],
        };
    }

    // The codes that have a name of their own.
    private static IEnumerable<(string, string, string)> Codes(IpVersion version, byte type)
    {
        for (byte code = 0; code < 16; code++)
        {
            var name = IcmpGlossary.Name(version, type, code);
            if (!name.EndsWith($"(code {code})", StringComparison.Ordinal)) yield return ($"code {code}", name, IcmpGlossary.Meaning(version, type, code) is { } meaning && code > 0 ? meaning : string.Empty);
        }
    }

    private static string Number(byte number) => number.ToString(CultureInfo.InvariantCulture);
}
