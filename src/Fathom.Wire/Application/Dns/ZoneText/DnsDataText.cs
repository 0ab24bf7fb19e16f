using System.Globalization;
using System.Text;
using Fathom.Wire.Internet;

namespace Fathom.Wire.Application.Dns.ZoneText;

/// <summary>The text of a record's data (RFC 1035 §5.1 and each type's own RFC), read.</summary>
internal static class DnsDataText
{
    /// <summary>Reads the data; all words must be used.</summary>
    public static DnsData Read(DnsTokenReader reader, DnsType type, DnsClass @class)
    {
        // RFC 3597 §5: the generic form is good for every type, also for known ones.
        var data = reader is { Peek: "\\#", PeekIsQuoted: false } ? ReadGeneric(reader, type, @class) : ReadKnown(reader, type, @class);
        if (!reader.Failed && !reader.AtEnd)
        {
            var extra = reader.ReadWord("a word");
            reader.Fail($"\"{extra}\" follows after the last field of {type.ToText()}");
        }

        return reader.Failed ? DnsData.Empty : data;
    }

    private static DnsData ReadKnown(DnsTokenReader reader, DnsType type, DnsClass @class) => type switch
    {
        DnsType.A when @class == DnsClass.Internet => new DnsData.A(reader.ReadAddress(IpVersion.V4)),
        DnsType.Aaaa when @class == DnsClass.Internet => new DnsData.Aaaa(reader.ReadAddress(IpVersion.V6)),
        DnsType.CName => new DnsData.CName(reader.ReadName("the target")),
        DnsType.Ns => new DnsData.Ns(reader.ReadName("the name server")),
        DnsType.Ptr => new DnsData.Ptr(reader.ReadName("the name")),
        DnsType.DName => new DnsData.DName(reader.ReadName("the target")),
        DnsType.Mb or DnsType.Mg or DnsType.Mr or DnsType.Md or DnsType.Mf => new DnsData.OneName(reader.ReadName("the name")),
        DnsType.Soa => new DnsData.Soa(
            reader.ReadName("the primary server"), reader.ReadName("the mailbox"), reader.ReadUInt32("the serial number"),
            reader.ReadSeconds("refresh"), reader.ReadSeconds("retry"), reader.ReadSeconds("expire"), reader.ReadSeconds("minimum")),
        DnsType.Mx => new DnsData.Mx(reader.ReadUInt16("the preference"), reader.ReadName("the exchange")),
        DnsType.Txt or DnsType.Spf => ReadTxt(reader),
        DnsType.Srv => new DnsData.Srv(reader.ReadUInt16("the priority"), reader.ReadUInt16("the weight"), reader.ReadUInt16("the port"), reader.ReadName("the target")),
        DnsType.Caa => ReadCaa(reader),
        DnsType.Svcb or DnsType.Https => DnsServiceBindingText.Read(reader),
        DnsType.Ds or DnsType.CDs or DnsType.Dlv => new DnsData.Ds(
            reader.ReadUInt16("the key tag"), reader.ReadAlgorithm(), reader.ReadByte("the digest type"), reader.ReadRestAsHex("the digest")),
        DnsType.DnsKey or DnsType.CDnsKey or DnsType.Key => new DnsData.DnsKey(
            reader.ReadUInt16("the flags"), reader.ReadByte("the protocol"), reader.ReadAlgorithm(), reader.ReadRestAsBase64("the key")),
        DnsType.RrSig or DnsType.Sig => new DnsData.RrSig(
            reader.ReadType("the type covered"), reader.ReadAlgorithm(), reader.ReadByte("the labels"), reader.ReadSeconds("the original TTL"),
            ReadTime(reader), ReadTime(reader), reader.ReadUInt16("the key tag"), reader.ReadName("the signer"), reader.ReadRestAsBase64("the signature")),
        DnsType.NSec => new DnsData.NSec(reader.ReadName("the next name"), ReadTypes(reader)),
        DnsType.NSec3 => new DnsData.NSec3(
            reader.ReadByte("the hash algorithm"), reader.ReadByte("the flags"), reader.ReadUInt16("the iterations"), ReadSalt(reader), ReadHash(reader), ReadTypes(reader)),
        DnsType.NSec3Param => new DnsData.NSec3Param(
            reader.ReadByte("the hash algorithm"), reader.ReadByte("the flags"), reader.ReadUInt16("the iterations"), ReadSalt(reader)),
        DnsType.Tlsa or DnsType.SMimeA => new DnsData.Tlsa(
            reader.ReadByte("the usage"), reader.ReadByte("the selector"), reader.ReadByte("the matching type"), reader.ReadRestAsHex("the association data")),
        DnsType.Naptr => new DnsData.Naptr(
            reader.ReadUInt16("the order"), reader.ReadUInt16("the preference"), reader.ReadString("the flags"), reader.ReadString("the services"),
            reader.ReadString("the regular expression"), reader.ReadName("the replacement")),
        DnsType.Loc => DnsLocationText.Read(reader),
        DnsType.SshFp => new DnsData.SshFp(reader.ReadByte("the algorithm"), reader.ReadByte("the fingerprint type"), reader.ReadRestAsHex("the fingerprint")),
        DnsType.Uri => ReadUri(reader),
        DnsType.HInfo => new DnsData.HInfo(reader.ReadString("the CPU"), reader.ReadString("the operating system")),
        DnsType.Rp or DnsType.MInfo => new DnsData.TwoNames(reader.ReadName("the mailbox"), reader.ReadName("the second name"), type == DnsType.MInfo),
        DnsType.AfsDb or DnsType.Rt or DnsType.Kx => new DnsData.NumberedName(reader.ReadUInt16("the number"), reader.ReadName("the host")),
        DnsType.OpenPgpKey or DnsType.DhcId => new DnsData.Unknown(reader.ReadRestAsBase64("the data")),
        _ => Refuse(reader, type),
    };

    private static DnsData.Unknown Refuse(DnsTokenReader reader, DnsType type)
    {
        reader.Fail($"data of {type.ToText()} is read in its generic form only: \\# length hexadecimal (RFC 3597 §5)");
        return DnsData.Empty;
    }

    private static DnsData ReadGeneric(DnsTokenReader reader, DnsType type, DnsClass @class)
    {
        reader.ReadWord("\\#");
        var length = reader.ReadUInt16("the length");
        var bytes = reader.ReadRestAsHex("the data");
        if (!reader.Failed && bytes.Length != length) reader.Fail(DnsText.Line($"the data has {bytes.Length} octets, and its length says {length} (RFC 3597 §5)"));
        if (reader.Failed) return DnsData.Empty;
        if (DnsData.TryRead(type, @class, bytes, out var data, out var error)) return data;
        reader.Fail($"the data is not of {type.ToText()}: {error}");
        return DnsData.Empty;
    }

    private static DnsData.Txt ReadTxt(DnsTokenReader reader)
    {
        var strings = new List<ReadOnlyMemory<byte>>();
        do strings.Add(reader.ReadString("the string"));
        while (!reader.Failed && !reader.AtEnd);
        return new DnsData.Txt(strings);
    }

    private static DnsData.Caa ReadCaa(DnsTokenReader reader)
    {
        var flags = reader.ReadByte("the flags");
        var tag = reader.ReadWord("the tag");
        if (!reader.Failed && (tag.Length is 0 or > 255 || !tag.All(char.IsAsciiLetterOrDigit))) reader.Fail($"the tag \"{tag}\" is not letters and digits (RFC 8659 §4.1)");
        return new DnsData.Caa(flags, tag, reader.ReadOctets("the value"));
    }

    private static DnsData.Uri ReadUri(DnsTokenReader reader)
    {
        var uri = new DnsData.Uri(reader.ReadUInt16("the priority"), reader.ReadUInt16("the weight"), reader.ReadOctets("the target"));
        if (uri.Target.IsEmpty) reader.Fail("the target is empty (RFC 7553 §4.4)");
        return uri;
    }

    // RFC 4034 §3.2: seconds since 1970, or YYYYMMDDHHmmSS; 14 digits are the second, at most 10 the first.
    private static uint ReadTime(DnsTokenReader reader)
    {
        var word = reader.ReadWord("the time");
        if (reader.Failed) return 0;
        if (word.Length <= 10 && uint.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)) return seconds;
        if (DateTimeOffset.TryParseExact(word, "yyyyMMddHHmmss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)) return (uint)time.ToUnixTimeSeconds();
        reader.Fail($"\"{word}\" is not a time: YYYYMMDDHHmmSS, or seconds since 1970");
        return 0;
    }

    private static List<DnsType> ReadTypes(DnsTokenReader reader)
    {
        var types = new List<DnsType>();
        while (!reader.Failed && !reader.AtEnd) types.Add(reader.ReadType("a type of the bitmap"));
        return types;
    }

    private static byte[] ReadSalt(DnsTokenReader reader)
    {
        var salt = reader.ReadHex("the salt");
        if (salt.Length > 255) reader.Fail("the salt has more than 255 octets");
        return salt;
    }

    private static byte[] ReadHash(DnsTokenReader reader)
    {
        var word = reader.ReadWord("the next hash");
        if (reader.Failed) return [0];
        var octets = new List<byte>();
        int buffer = 0, bits = 0;
        foreach (var c in word)
        {
            var digit = char.ToUpperInvariant(c) switch { >= '0' and <= '9' and var d => d - '0', >= 'A' and <= 'V' and var l => l - 'A' + 10, _ => -1 };
            if (digit < 0) reader.Fail("the next hash is not base 32 with the extended hexadecimal alphabet (RFC 4648 §7)");
            buffer = ((buffer << 5) | digit) & 0xFFF;
            if ((bits += 5) < 8) continue;
            bits -= 8;
            octets.Add((byte)(buffer >> bits));
        }

        if (octets.Count is 0 or > 255) reader.Fail("the next hash has not 1 to 255 octets (RFC 5155 §3.1.7)");
        return reader.Failed ? [0] : [.. octets];
    }
}
