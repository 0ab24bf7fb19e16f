using System.Globalization;

namespace Fathom.Wire.Application.Dns;

/// <summary>The registry's names for types, classes, operations and response codes, and the generic ones of RFC 3597 §5.</summary>
public static class DnsMnemonics
{
    private static readonly (DnsType Type, string Text)[] Types =
    [
        (DnsType.A, "A"),
        (DnsType.Ns, "NS"),
        (DnsType.Md, "MD"),
        (DnsType.Mf, "MF"),
        (DnsType.CName, "CNAME"),
        (DnsType.Soa, "SOA"),
        (DnsType.Mb, "MB"),
        (DnsType.Mg, "MG"),
        (DnsType.Mr, "MR"),
        (DnsType.Null, "NULL"),
        (DnsType.Wks, "WKS"),
        (DnsType.Ptr, "PTR"),
        (DnsType.HInfo, "HINFO"),
        (DnsType.MInfo, "MINFO"),
        (DnsType.Mx, "MX"),
        (DnsType.Txt, "TXT"),
        (DnsType.Rp, "RP"),
        (DnsType.AfsDb, "AFSDB"),
        (DnsType.Isdn, "ISDN"),
        (DnsType.Rt, "RT"),
        (DnsType.Sig, "SIG"),
        (DnsType.Key, "KEY"),
        (DnsType.Px, "PX"),
        (DnsType.Aaaa, "AAAA"),
        (DnsType.Loc, "LOC"),
        (DnsType.Nxt, "NXT"),
        (DnsType.Srv, "SRV"),
        (DnsType.Naptr, "NAPTR"),
        (DnsType.Kx, "KX"),
        (DnsType.Cert, "CERT"),
        (DnsType.DName, "DNAME"),
        (DnsType.Opt, "OPT"),
        (DnsType.Apl, "APL"),
        (DnsType.Ds, "DS"),
        (DnsType.SshFp, "SSHFP"),
        (DnsType.IpSecKey, "IPSECKEY"),
        (DnsType.RrSig, "RRSIG"),
        (DnsType.NSec, "NSEC"),
        (DnsType.DnsKey, "DNSKEY"),
        (DnsType.DhcId, "DHCID"),
        (DnsType.NSec3, "NSEC3"),
        (DnsType.NSec3Param, "NSEC3PARAM"),
        (DnsType.Tlsa, "TLSA"),
        (DnsType.SMimeA, "SMIMEA"),
        (DnsType.Hip, "HIP"),
        (DnsType.CDs, "CDS"),
        (DnsType.CDnsKey, "CDNSKEY"),
        (DnsType.OpenPgpKey, "OPENPGPKEY"),
        (DnsType.CSync, "CSYNC"),
        (DnsType.ZoneMd, "ZONEMD"),
        (DnsType.Svcb, "SVCB"),
        (DnsType.Https, "HTTPS"),
        (DnsType.Spf, "SPF"),
        (DnsType.Eui48, "EUI48"),
        (DnsType.Eui64, "EUI64"),
        (DnsType.TKey, "TKEY"),
        (DnsType.TSig, "TSIG"),
        (DnsType.Ixfr, "IXFR"),
        (DnsType.Axfr, "AXFR"),
        (DnsType.MailB, "MAILB"),
        (DnsType.MailA, "MAILA"),
        (DnsType.Any, "ANY"),
        (DnsType.Uri, "URI"),
        (DnsType.Caa, "CAA"),
        (DnsType.Dlv, "DLV"),
    ];

    private static readonly Dictionary<DnsType, string> TextOfType = Types.ToDictionary(static row => row.Type, static row => row.Text);

    private static readonly Dictionary<string, DnsType> TypeOfText =
        Types.ToDictionary(static row => row.Text, static row => row.Type, StringComparer.OrdinalIgnoreCase);

    private static readonly string[] LowResponseCodes =
        ["NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED", "YXDOMAIN", "YXRRSET", "NXRRSET", "NOTAUTH", "NOTZONE", "DSOTYPENI"];

    private static readonly string[] HighResponseCodes =
        ["BADVERS", "BADKEY", "BADTIME", "BADMODE", "BADNAME", "BADALG", "BADTRUNC", "BADCOOKIE"];

    /// <summary>"AAAA", or "TYPE731" for a type without a name here.</summary>
    /// <param name="type">The type.</param>
    public static string ToText(this DnsType type)
        => TextOfType.TryGetValue(type, out var text) ? text : string.Create(CultureInfo.InvariantCulture, $"TYPE{(ushort)type}");

    /// <summary>"IN", "CH", "HS", "NONE", "ANY", or "CLASS32".</summary>
    /// <param name="value">The class.</param>
    public static string ToText(this DnsClass value) => value switch
    {
        DnsClass.Internet => "IN",
        DnsClass.Chaos => "CH",
        DnsClass.Hesiod => "HS",
        DnsClass.None => "NONE",
        DnsClass.Any => "ANY",
        _ => string.Create(CultureInfo.InvariantCulture, $"CLASS{(ushort)value}"),
    };

    /// <summary>"QUERY", "NOTIFY", "UPDATE" and so on, or "OPCODE7".</summary>
    /// <param name="opcode">The operation.</param>
    public static string ToText(this DnsOpcode opcode) => opcode switch
    {
        DnsOpcode.Query => "QUERY",
        DnsOpcode.InverseQuery => "IQUERY",
        DnsOpcode.Status => "STATUS",
        DnsOpcode.Notify => "NOTIFY",
        DnsOpcode.Update => "UPDATE",
        DnsOpcode.Stateful => "DSO",
        _ => string.Create(CultureInfo.InvariantCulture, $"OPCODE{(byte)opcode}"),
    };

    /// <summary>"NOERROR", "NXDOMAIN" and so on, or "RCODE3841".</summary>
    /// <param name="code">The response code.</param>
    public static string ToText(this DnsResponseCode code) => (int)code switch
    {
        < 12 => LowResponseCodes[(int)code],
        >= 16 and < 24 => HighResponseCodes[(int)code - 16],
        _ => string.Create(CultureInfo.InvariantCulture, $"RCODE{(ushort)code}"),
    };

    /// <summary>Parses a type's name in any case, or "TYPE" and a decimal number up to 65535 (RFC 3597 §5).</summary>
    /// <param name="text">The text.</param>
    /// <param name="type">The type, or the default.</param>
    public static bool TryParseType(ReadOnlySpan<char> text, out DnsType type)
    {
        if (TypeOfText.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out type)) return true;
        if (!TryParseGeneric(text, "TYPE", out var number)) return false;
        type = (DnsType)number;
        return true;
    }

    /// <summary>Parses IN, CH, HS, NONE, ANY in any case, or "CLASS" and a decimal number (RFC 3597 §5).</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The class, or the default.</param>
    public static bool TryParseClass(ReadOnlySpan<char> text, out DnsClass value)
    {
        foreach (var known in (ReadOnlySpan<DnsClass>)[DnsClass.Internet, DnsClass.Chaos, DnsClass.Hesiod, DnsClass.None, DnsClass.Any])
        {
            if (!text.Equals(known.ToText(), StringComparison.OrdinalIgnoreCase)) continue;
            value = known;
            return true;
        }

        var parsed = TryParseGeneric(text, "CLASS", out var number);
        value = (DnsClass)number;
        return parsed;
    }

    private static bool TryParseGeneric(ReadOnlySpan<char> text, string prefix, out ushort number)
    {
        number = 0;
        return text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)
            && ushort.TryParse(text[prefix.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
