using System.Globalization;
using Fathom.Wire.Internet;

namespace Fathom.Wire.Application.Dns.ZoneText;

/// <summary>Reads the fields of one record's text. The first fault sticks; later reads give defaults.</summary>
internal sealed class DnsTokenReader(IReadOnlyList<DnsToken> tokens, int position, DnsName origin)
{
    private int _at = position;

    /// <summary>The first fault, or null.</summary>
    public DnsZoneError? Error { get; private set; }

    public bool Failed => Error is not null;

    public bool AtEnd => _at >= tokens.Count;

    /// <summary>What relative names are relative to.</summary>
    public DnsName Origin => origin;

    /// <summary>The next word without taking it; empty at the end.</summary>
    public string Peek => AtEnd ? "" : tokens[_at].Text;

    public bool PeekIsQuoted => !AtEnd && tokens[_at].Quoted;

    /// <summary>Names a fault at the word that was read last.</summary>
    public void Fail(string reason)
    {
        if (Failed) return;
        var token = tokens[Math.Clamp(_at - 1, 0, tokens.Count - 1)];
        Error = new DnsZoneError(token.Line, token.Column, reason);
    }

    public string ReadWord(string what)
    {
        if (Failed) return "";
        if (!AtEnd) return tokens[_at++].Text;
        _at++;
        Fail($"{what} is missing");
        return "";
    }

    public DnsName ReadName(string what)
    {
        var word = ReadWord(what);
        if (Failed) return DnsName.Root;
        if (DnsName.TryParseRelative(word, origin, out var name, out var reason)) return name;
        Fail($"{what} \"{word}\": {reason}");
        return DnsName.Root;
    }

    public byte ReadByte(string what) => (byte)ReadNumber(what, byte.MaxValue);

    public ushort ReadUInt16(string what) => (ushort)ReadNumber(what, ushort.MaxValue);

    public uint ReadUInt32(string what) => ReadNumber(what, uint.MaxValue);

    /// <summary>Seconds, as a number or with units: "1h30m".</summary>
    public uint ReadSeconds(string what)
    {
        var word = ReadWord(what);
        if (Failed) return 0;
        if (!DnsTimeToLiveText.TryParse(word, out var seconds)) Fail($"{what} \"{word}\" is not a number of seconds up to 4294967295");
        return seconds;
    }

    public IpAddress ReadAddress(IpVersion version)
    {
        var word = ReadWord("the address");
        if (Failed) return default;
        if (IpAddress.TryParse(word, out var address) && address.Version == version && address.Zone == 0) return address;
        Fail($"\"{word}\" is not an address of IP{(version == IpVersion.V4 ? "v4" : "v6")}");
        return default;
    }

    /// <summary>A character-string of at most 255 octets.</summary>
    public byte[] ReadString(string what)
    {
        var octets = ReadOctets(what);
        if (octets.Length > 255) Fail($"{what} has more than 255 octets (RFC 1035 §3.3)");
        return Failed ? [] : octets;
    }

    /// <summary>The octets of a word of any length.</summary>
    public byte[] ReadOctets(string what)
    {
        var word = ReadWord(what);
        if (Failed) return [];
        var octets = DnsZoneTokenizer.Octets(word);
        if (octets is null) Fail($"{what} holds an escape that is none: \\DDD is a decimal number up to 255");
        return octets ?? [];
    }

    public DnsType ReadType(string what)
    {
        var word = ReadWord(what);
        if (Failed) return DnsType.Reserved;
        if (DnsMnemonics.TryParseType(word, out var type)) return type;
        Fail($"{what} \"{word}\" is no record type");
        return DnsType.Reserved;
    }

    /// <summary>An algorithm's number or mnemonic (RFC 4034 §2.2).</summary>
    public byte ReadAlgorithm()
    {
        var word = ReadWord("the algorithm");
        if (Failed) return 0;
        if (byte.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number;
        if (DnsSecurityText.TryParseAlgorithm(word, out number)) return number;
        Fail($"the algorithm \"{word}\" is neither a number up to 255 nor a mnemonic");
        return 0;
    }

    /// <summary>All words that are left, joined.</summary>
    public string ReadRest()
    {
        if (Failed) return "";
        var rest = string.Concat(tokens.Skip(_at).Select(static t => t.Text));
        _at = tokens.Count;
        return rest;
    }

    public byte[] ReadRestAsHex(string what) => Hex(ReadRest(), what);

    public byte[] ReadHex(string what) => ReadWord(what) is var word && word == "-" ? [] : Hex(word, what);

    public byte[] ReadRestAsBase64(string what)
    {
        var text = ReadRest();
        if (Failed) return [];
        var bytes = new byte[(text.Length / 4 * 3) + 3];
        if (Convert.TryFromBase64String(text, bytes, out var length)) return bytes[..length];
        Fail($"{what} is not base 64 (RFC 4648 §4)");
        return [];
    }

    private byte[] Hex(string text, string what)
    {
        if (Failed) return [];
        var bytes = new byte[text.Length / 2];
        if (text.Length % 2 == 0 && Convert.FromHexString(text, bytes, out _, out _) == System.Buffers.OperationStatus.Done) return bytes;
        Fail($"{what} is not an even number of hexadecimal digits");
        return [];
    }

    private uint ReadNumber(string what, uint maximum)
    {
        var word = ReadWord(what);
        if (Failed) return 0;
        if (uint.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= maximum) return value;
        Fail($"{what} \"{word}\" is not a number from 0 to {maximum.ToString(CultureInfo.InvariantCulture)}");
        return 0;
    }
}
