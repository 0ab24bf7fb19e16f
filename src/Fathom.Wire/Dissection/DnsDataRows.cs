using Fathom.Wire.Application.Dns;
using Fathom.Wire.Internet;

namespace Fathom.Wire.Dissection;

/// <summary>The parts of a record's data as fields, by a table of the types' forms.</summary>
internal static class DnsDataRows
{
    // Options and parameters of one record that are shown; honest ones have under ten.
    private const int MaxParts = 64;

    private enum Form
    {
        Octet,
        Number,
        Long,
        Seconds,
        Time,
        Type,
        Algorithm,
        DigestType,
        Name,
        Text,
        Texts,
        Salt,
        Hash,
        Address4,
        Address6,
        Types,
        Rest,
        RestText,
        Parameters,
        Options,
    }

    /// <summary>Adds the data's fields.</summary>
    /// <param name="layer">Takes them.</param>
    /// <param name="at">Octets from the layer's first to the message's.</param>
    /// <param name="reader">Narrowed to the data; stands behind it afterwards, or at the fault.</param>
    /// <param name="type">The record's type.</param>
    /// <param name="class">The record's class.</param>
    internal static void Add(LayerWriter layer, int at, ref DnsReader reader, DnsType type, DnsClass @class)
    {
        if (reader.Remaining == 0) return;
        var (spec, rows) = RowsOf(type, @class);
        foreach (var (name, form) in rows)
        {
            if (reader.Failed) return;
            AddPart(layer, at, ref reader, name, form, spec);
        }
    }

    private static (string Spec, (string Name, Form Form)[] Rows) RowsOf(DnsType type, DnsClass @class) => type switch
    {
        DnsType.A when @class is DnsClass.Internet or DnsClass.None or DnsClass.Any => ("RFC 1035 §3.4.1", [("address", Form.Address4)]),
        DnsType.Aaaa when @class is DnsClass.Internet or DnsClass.None or DnsClass.Any => ("RFC 3596 §2.2", [("address", Form.Address6)]),
        DnsType.CName => ("RFC 1035 §3.3.1", [("cname", Form.Name)]),
        DnsType.Ns => ("RFC 1035 §3.3.11", [("nsdname", Form.Name)]),
        DnsType.Ptr => ("RFC 1035 §3.3.12", [("ptrdname", Form.Name)]),
        DnsType.DName => ("RFC 6672 §2.1", [("target", Form.Name)]),
        DnsType.Soa => ("RFC 1035 §3.3.13", [("mname", Form.Name), ("rname", Form.Name), ("serial", Form.Long), ("refresh", Form.Seconds), ("retry", Form.Seconds), ("expire", Form.Seconds), ("minimum", Form.Seconds)]),
        DnsType.Mx => ("RFC 1035 §3.3.9", [("preference", Form.Number), ("exchange", Form.Name)]),
        DnsType.Txt or DnsType.Spf => ("RFC 1035 §3.3.14", [("text", Form.Texts)]),
        DnsType.Srv => ("RFC 2782", [("priority", Form.Number), ("weight", Form.Number), ("port", Form.Number), ("target", Form.Name)]),
        DnsType.Caa => ("RFC 8659 §4.1", [("flags", Form.Octet), ("tag", Form.Text), ("value", Form.RestText)]),
        DnsType.Svcb or DnsType.Https => ("RFC 9460 §2.2", [("priority", Form.Number), ("target", Form.Name), ("parameter", Form.Parameters)]),
        DnsType.Ds or DnsType.CDs or DnsType.Dlv => ("RFC 4034 §5.1", [("keyTag", Form.Number), ("algorithm", Form.Algorithm), ("digestType", Form.DigestType), ("digest", Form.Rest)]),
        DnsType.DnsKey or DnsType.CDnsKey or DnsType.Key => ("RFC 4034 §2.1", [("keyFlags", Form.Number), ("protocol", Form.Octet), ("algorithm", Form.Algorithm), ("publicKey", Form.Rest)]),
        DnsType.RrSig or DnsType.Sig => ("RFC 4034 §3.1", [("typeCovered", Form.Type), ("algorithm", Form.Algorithm), ("labels", Form.Octet), ("originalTtl", Form.Seconds), ("expiration", Form.Time), ("inception", Form.Time), ("keyTag", Form.Number), ("signer", Form.Name), ("signature", Form.Rest)]),
        DnsType.NSec => ("RFC 4034 §4.1", [("nextName", Form.Name), ("types", Form.Types)]),
        DnsType.NSec3 => ("RFC 5155 §3.1", [("hashAlgorithm", Form.Octet), ("flags", Form.Octet), ("iterations", Form.Number), ("salt", Form.Salt), ("nextHash", Form.Hash), ("types", Form.Types)]),
        DnsType.NSec3Param => ("RFC 5155 §4.1", [("hashAlgorithm", Form.Octet), ("flags", Form.Octet), ("iterations", Form.Number), ("salt", Form.Salt)]),
        DnsType.Tlsa or DnsType.SMimeA => ("RFC 6698 §2.1", [("usage", Form.Octet), ("selector", Form.Octet), ("matchingType", Form.Octet), ("association", Form.Rest)]),
        DnsType.Naptr => ("RFC 3403 §4.1", [("order", Form.Number), ("preference", Form.Number), ("flags", Form.Text), ("services", Form.Text), ("regexp", Form.Text), ("replacement", Form.Name)]),
        DnsType.Loc => ("RFC 1876 §2", [("version", Form.Octet), ("size", Form.Octet), ("horizontalPrecision", Form.Octet), ("verticalPrecision", Form.Octet), ("latitude", Form.Long), ("longitude", Form.Long), ("altitude", Form.Long)]),
        DnsType.SshFp => ("RFC 4255 §3.1", [("algorithm", Form.Octet), ("fingerprintType", Form.Octet), ("fingerprint", Form.Rest)]),
        DnsType.Uri => ("RFC 7553 §4", [("priority", Form.Number), ("weight", Form.Number), ("target", Form.RestText)]),
        DnsType.HInfo => ("RFC 1035 §3.3.2", [("cpu", Form.Text), ("os", Form.Text)]),
        DnsType.Rp => ("RFC 1183 §2.2", [("mailbox", Form.Name), ("textName", Form.Name)]),
        DnsType.MInfo => ("RFC 1035 §3.3.7", [("mailbox", Form.Name), ("errorMailbox", Form.Name)]),
        DnsType.AfsDb or DnsType.Rt or DnsType.Kx => ("RFC 1183 §1", [("preference", Form.Number), ("host", Form.Name)]),
        DnsType.Mb or DnsType.Mg or DnsType.Mr or DnsType.Md or DnsType.Mf => ("RFC 1035 §3.3", [("host", Form.Name)]),
        DnsType.Opt => ("RFC 6891 §6.1.2", [("option", Form.Options)]),
        _ => ("RFC 3597 §3", [("rdata", Form.Rest)]),
    };

    private static void AddPart(LayerWriter layer, int at, ref DnsReader reader, string name, Form form, string spec)
    {
        switch (form)
        {
            case Form.Texts:
                for (var i = 0; i < MaxParts && reader.Remaining > 0 && !reader.Failed; i++) AddPart(layer, at, ref reader, name, Form.Text, spec);
                reader.ReadRest();
                return;
            case Form.Parameters or Form.Options:
                for (var i = 0; i < MaxParts && reader.Remaining > 0 && !reader.Failed; i++) AddPair(layer, at, ref reader, name, form, spec);
                reader.ReadRest();
                return;
        }

        var start = reader.Position;
        var (number, words) = Read(ref reader, name, form);
        if (!reader.Failed && reader.Position > start) layer.AddOctets(name, at + start, reader.Position - start, number, words, spec);
    }

    private static (ulong? Number, FieldWords Words) Read(ref DnsReader reader, string what, Form form)
    {
        switch (form)
        {
            case Form.Octet: return Plain(reader.ReadByte(what));
            case Form.Number: return Plain(reader.ReadUInt16(what));
            case Form.Long: return Plain(reader.ReadUInt32(what));
            case Form.Seconds:
                var seconds = reader.ReadUInt32(what);
                return (seconds, FieldWords.Of(FieldForm.Seconds, seconds));
            case Form.Time:
                // RFC 4034 §3.1.5: modulo 2^32, which until 2106 is the time itself.
                var time = reader.ReadUInt32(what);
                return (time, FieldText.Invariant($"{DateTimeOffset.FromUnixTimeSeconds(time):yyyy-MM-dd HH:mm:ss} UTC"));
            case Form.Type:
                var type = reader.ReadUInt16(what);
                return (type, FieldText.Named(((DnsType)type).ToText(), type));
            case Form.Algorithm:
                var algorithm = reader.ReadByte(what);
                return (algorithm, FieldText.Named(DnsSecurityText.Algorithm(algorithm), algorithm));
            case Form.DigestType:
                var digest = reader.ReadByte(what);
                return (digest, FieldText.Named(DnsSecurityText.DigestType(digest), digest));
            case Form.Name: return (null, reader.ReadName(what).ToString());
            case Form.Text: return (null, DnsText.Quote(reader.ReadString(what)));
            case Form.Salt: return (null, DnsText.Hex(reader.ReadString(what)));
            case Form.Hash: return (null, DnsText.Base32Hex(reader.ReadString(what)));
            case Form.Address4:
                var address4 = reader.ReadSpan(4, what);
                return (null, reader.Failed ? "" : FieldWords.Of(IpAddress.FromBytes(address4)));
            case Form.Address6:
                var address6 = reader.ReadSpan(16, what);
                return (null, reader.Failed ? "" : FieldWords.Of(IpAddress.FromBytes(address6)));
            case Form.Types: return (null, DnsTypeBitmap.ToText(DnsTypeBitmap.Read(ref reader)).Trim() is { Length: > 0 } types ? types : "none");
            case Form.RestText: return (null, DnsText.Quote(reader.ReadRest()));
            default: return (null, FieldText.Bytes(reader.ReadRest()));
        }
    }

    private static (ulong? Number, FieldWords Words) Plain(uint number) => (number, FieldText.Number(number));

    // A parameter of SVCB or an option of EDNS: a number, a length, and octets.
    private static void AddPair(LayerWriter layer, int at, ref DnsReader reader, string name, Form form, string spec)
    {
        var start = reader.Position;
        var key = reader.ReadUInt16(name);
        var value = reader.ReadBytes(reader.ReadUInt16(name), name);
        if (reader.Failed) return;
        var text = form == Form.Parameters ? new DnsServiceParameter(key, value).ToString() : OptionText(key, value);
        layer.AddOctets(name, at + start, reader.Position - start, key, text, spec);
    }

    private static string OptionText(ushort code, byte[] data) => code switch
    {
        DnsEdnsOption.NameServerId => $"NSID: {FieldText.Bytes(data)}",
        DnsEdnsOption.ClientSubnet => $"client subnet: {FieldText.Bytes(data)}",
        DnsEdnsOption.Cookie => $"cookie: {FieldText.Bytes(data)}",
        DnsEdnsOption.TcpKeepalive => $"TCP keepalive: {FieldText.Bytes(data)}",
        DnsEdnsOption.Padding => $"padding: {FieldText.Octets((ulong)data.Length)}",
        DnsEdnsOption.ExtendedError when data.Length >= 2 => $"extended error: {DnsExtendedError.NameOf((ushort)((data[0] << 8) | data[1]))}",
        _ => FieldText.Invariant($"option {code}: {FieldText.Bytes(data)}"),
    };
}
