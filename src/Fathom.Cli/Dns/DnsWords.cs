using System.Buffers.Binary;
using System.Globalization;
using Fathom.Wire.Application.Dns;
using Fathom.Wire.Internet;

namespace Fathom.Cli.Dns;

/// <summary>The words of a command line in dig's order: @SERVER NAME TYPE CLASS +option, in any order that can be told apart.</summary>
internal static class DnsWords
{
    private const string KnownFlags = "+short +trace +tcp +norecurse +dnssec +cd +noad +bufsize=N +noedns +nsid +subnet=PREFIX +time=S +ignore +search +nosearch +qmin";

    /// <summary>Reads the words into a request.</summary>
    /// <param name="words">The words.</param>
    /// <param name="request">What the options said; the words are added.</param>
    /// <param name="reason">What is wrong, where the answer is null.</param>
    public static DnsRequest? Read(IReadOnlyList<string> words, DnsRequest request, out string reason)
    {
        var plain = words.Where(static w => w.Length > 0 && w[0] is not ('@' or '+')).ToList();
        var classGiven = false;
        foreach (var word in words)
        {
            DnsRequest? next;
            reason = "";
            if (word.StartsWith('@')) next = word.Length > 1 ? request with { Server = word[1..] } : Refuse("@ needs a server behind it: @192.0.2.53", out reason);
            else if (word.StartsWith('+')) next = Flag(word, request, out reason);
            else if (request.Type is null && (plain.Count > 1 || request.Name is not null || request.Reverse is not null) && DnsMnemonics.TryParseType(word, out var type)) next = request with { Type = type };
            else if (!classGiven && plain.Count > 1 && DnsMnemonics.TryParseClass(word, out var @class))
            {
                classGiven = true;
                next = request with { Class = @class };
            }
            else if (request.Name is null && request.Reverse is null) next = request with { Name = word };
            else next = Refuse($"\"{word}\" is neither a record type nor a class, and the name is given already: expected [@SERVER] NAME [TYPE] [CLASS] [+OPTION]", out reason);

            if (next is null) return null;
            request = next;
        }

        reason = "";
        return request;
    }

    /// <summary>The client subnet option (RFC 7871 §6).</summary>
    public static DnsEdnsOption? Subnet(string text)
    {
        if (!IpPrefix.TryParse(text, out var prefix)) return null;
        var length = (prefix.Length + 7) / 8;
        var data = new byte[4 + length];
        BinaryPrimitives.WriteUInt16BigEndian(data, (ushort)(prefix.Address.IsV4 ? 1 : 2));
        data[2] = (byte)prefix.Length;
        prefix.Address.ToBytes().AsSpan(0, length).CopyTo(data.AsSpan(4));
        return new DnsEdnsOption(DnsEdnsOption.ClientSubnet, data);
    }

    private static DnsRequest? Flag(string word, DnsRequest request, out string reason)
    {
        reason = "";
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        var value = equals < 0 ? null : word[(equals + 1)..];
        var query = request.Query;
        switch ((equals < 0 ? word : word[..equals])[1..].ToLowerInvariant())
        {
            case "short": return request with { Short = true };
            case "trace": return request with { Trace = true };
            case "qmin": return request with { Minimize = true };
            case "search": return request with { Search = true };
            case "nosearch": return request with { Search = false };
            case "tcp" or "vc": return request with { Query = query with { OverTcp = true } };
            case "notcp" or "novc": return request with { Query = query with { OverTcp = false } };
            case "norecurse" or "norec" or "nordflag": return request with { Query = query with { RecursionDesired = false } };
            case "recurse" or "rec" or "rdflag": return request with { Query = query with { RecursionDesired = true } };
            case "dnssec" or "do": return request with { Query = query with { DnssecOk = true } };
            case "cd" or "cdflag": return request with { Query = query with { CheckingDisabled = true } };
            case "ad" or "adflag": return request with { Query = query with { AuthenticData = true } };
            case "noad" or "noadflag": return request with { Query = query with { AuthenticData = false } };
            case "ignore": return request with { Query = query with { IgnoreTruncation = true } };
            case "noedns": return request with { Query = query with { UseEdns = false } };
            case "edns": return request with { Query = query with { UseEdns = true } };
            case "nsid": return request with { Query = query with { EdnsOptions = [.. query.EdnsOptions, new DnsEdnsOption(DnsEdnsOption.NameServerId, default)] } };
            case "bufsize" when ushort.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var size): return request with { Query = query with { UdpPayloadSize = size } };
            case "time" when double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0.1 and <= 300:
                return request with { Query = query with { Timeout = TimeSpan.FromSeconds(seconds) } };
            case "subnet" when value is not null && Subnet(value) is { } subnet: return request with { Query = query with { EdnsOptions = [.. query.EdnsOptions, subnet] } };
            default: return Refuse($"{word}: expected one of {KnownFlags}", out reason);
        }
    }

    private static DnsRequest? Refuse(string why, out string reason)
    {
        reason = why;
        return null;
    }
}
