using System.Globalization;
using Fathom.Wire.Application;
using Fathom.Wire.Application.Ntp;
using Fathom.Wire.Internet;

namespace Fathom.Wire.Dissection;

/// <summary>NTP (RFC 5905): the packets that set clocks; control messages with their head, private ones by name.</summary>
internal sealed class NtpDissector : IApplicationDissector
{
    private const int PrivateHeaderLength = 8;

    private NtpDissector()
    {
    }

    internal static NtpDissector Instance { get; } = new();

    public string Protocol => "ntp";

    public string Name => "NTP";

    public bool TryDissect(IpProtocol transport, ReadOnlySpan<byte> payload, LayerWriter layer, out string summary, out WireError fault)
    {
        summary = string.Empty;
        fault = default;
        var version = (payload[0] >> 3) & 7;
        var mode = (NtpMode)(payload[0] & 7);
        if (version is 0 or > 4 || mode == NtpMode.Reserved) return false;
        layer.HeaderLength = layer.Length = payload.Length;
        summary = mode switch
        {
            NtpMode.Control => DissectControl(payload, layer, out fault),
            NtpMode.Private => DissectPrivate(payload, layer),
            _ => DissectTime(payload, layer, out fault),
        };
        summary = FieldText.Invariant($"v{version} {summary}");
        return true;
    }

    private static string DissectTime(ReadOnlySpan<byte> payload, LayerWriter layer, out WireError fault)
    {
        layer.AddFields(NtpPacket.Layout, payload, Format);
        var mode = (NtpMode)(payload[0] & 7);
        if (!NtpPacket.TryRead(payload, out var packet, out fault)) return mode.ToText();
        var reference = ReferenceText(packet);
        layer.SetText("referenceId", reference);
        layer.SetText("stratum", FieldText.Invariant($"{packet.Stratum}, {StratumText(packet)}"));
        layer.HeaderLength = NtpPacket.HeaderLength;
        var walk = packet.EnumerateExtensions();
        while (walk.MoveNext())
        {
            var at = NtpPacket.HeaderLength + walk.Offset;
            layer.AddOctets("extensionField", at, walk.Current.Length, walk.Type, $"{ExtensionText(walk.Type)}, {FieldText.Octets((ulong)walk.Current.Length)}", "RFC 7822 §7.5.1");
        }

        fault = walk.Error.IsError ? walk.Error with { Offset = walk.Error.Offset + NtpPacket.HeaderLength } : default;
        AddCode(layer, walk.Code, NtpPacket.HeaderLength + walk.Next);
        if (packet.IsKissOfDeath) return $"{mode.ToText()}, kiss of death {reference}";
        return mode == NtpMode.Client ? "client" : FieldText.Invariant($"{mode.ToText()}, stratum {packet.Stratum}, {packet.TransmitTimestamp}");
    }

    private static void AddCode(LayerWriter layer, ReadOnlySpan<byte> code, int at)
    {
        const int KeyId = 4;
        if (code.Length < KeyId) return;
        var number = BitField.Read(code, 0, 8 * KeyId);
        layer.AddOctets("keyId", at, KeyId, number, code.Length == KeyId && number == 0 ? "0: a crypto-NAK, the key is not accepted" : number.ToString(CultureInfo.InvariantCulture), "RFC 5905 §7.3");
        if (code.Length > KeyId) layer.AddOctets("digest", at + KeyId, code.Length - KeyId, null, FieldText.Bytes(code[KeyId..]), "RFC 5905 §7.3");
    }

    private static string DissectControl(ReadOnlySpan<byte> payload, LayerWriter layer, out WireError fault)
    {
        layer.AddFields(NtpControl.Layout, payload, static (name, value) => name switch
        {
            "mode" => FieldText.Named(((NtpMode)value).ToText(), value),
            "opcode" => FieldText.Named(OpcodeText((byte)value), value),
            "status" => FieldText.Hex(value, 4),
            "count" => FieldText.Octets(value),
            _ => null,
        });
        if (!NtpControl.TryRead(payload, out var control, out fault)) return "control";
        layer.HeaderLength = NtpControl.HeaderLength;
        if (control.Count > 0) layer.AddOctets("data", NtpControl.HeaderLength, control.Count, null, TlsExtensionDissector.Text(control.Data), "RFC 9327 §2");
        return $"control {(control.IsResponse ? "response" : "request")} {OpcodeText(control.Opcode)}";
    }

    // The form is no standard; its names come from ntpd's ntp_request.h.
    private static string DissectPrivate(ReadOnlySpan<byte> payload, LayerWriter layer)
    {
        FieldSpec[] rows =
        [
            new("response", 0, 1, "ntpd, mode 7"), new("more", 1, 1, "ntpd, mode 7"), new("version", 2, 3, "ntpd, mode 7"), new("mode", 5, 3, "ntpd, mode 7"),
            new("authenticated", 8, 1, "ntpd, mode 7"), new("sequence", 9, 7, "ntpd, mode 7"), new("implementation", 16, 8, "ntpd, mode 7"), new("requestCode", 24, 8, "ntpd, mode 7"),
        ];
        layer.AddFields(rows, payload, static (name, value) => name == "mode" ? FieldText.Named(((NtpMode)value).ToText(), value) : null);
        layer.HeaderLength = Math.Min(payload.Length, PrivateHeaderLength);
        return (payload[0] & 0x80) != 0 ? "private response" : "private request";
    }

    private static string OpcodeText(byte opcode) => opcode switch
    {
        1 => "read status",
        2 => "read variables",
        3 => "write variables",
        4 => "read clock variables",
        5 => "write clock variables",
        6 => "set trap",
        7 => "trap response",
        8 => "runtime configuration",
        9 => "export configuration",
        10 => "retrieve remote address statistics",
        11 => "retrieve ordered list",
        12 => "request client-specific nonce",
        31 => "unset trap",
        _ => FieldText.Invariant($"opcode {opcode}"),
    };

    private static string StratumText(NtpPacket packet) => packet.Stratum switch
    {
        0 => packet.IsKissOfDeath ? "kiss of death" : "not stated",
        1 => "has a reference clock",
        < 16 => FieldText.Invariant($"{packet.Stratum - 1} servers from a reference clock"),
        16 => "not synchronized",
        _ => "reserved",
    };

    // RFC 5905 §7.3: letters for a clock or a kiss code; else an address, which may be a hash.
    private static string ReferenceText(NtpPacket packet)
    {
        var octets = packet.Bytes.Slice(12, 4);
        if (packet.Stratum <= 1) return packet.ReferenceId == 0 ? "none" : TextSanitizer.EscapeOctets(octets.TrimEnd((byte)0));
        return $"{FieldText.Address4(packet.ReferenceId)}, or a hash of an IPv6 address";
    }

    // IANA "NTP Extension Field Types".
    private static string ExtensionText(ushort type) => type switch
    {
        0x0104 => "unique identifier",
        0x0204 => "NTS cookie",
        0x0304 => "NTS cookie placeholder",
        0x0404 => "NTS authenticator and encrypted extension fields",
        0x2005 => "checksum complement",
        0x0002 or 0x8002 => "no operation",
        0x0102 or 0x8102 => "Autokey association",
        0x0202 or 0x8202 => "Autokey certificate",
        0x0302 or 0x8302 => "Autokey cookie",
        0x0402 or 0x8402 => "Autokey values",
        _ => FieldText.Hex(type, 4).ToString(),
    };

    private static FieldWords Format(string name, ulong value) => name switch
    {
        "leapIndicator" => (NtpLeap)value switch { NtpLeap.None => "no leap second", NtpLeap.LongMinute => "a minute of 61 seconds comes", NtpLeap.ShortMinute => "a minute of 59 seconds comes", _ => "not synchronized" },
        "mode" => FieldText.Named(((NtpMode)value).ToText(), value),
        "poll" or "precision" => PowerOfTwo((sbyte)value),
        "rootDelay" or "rootDispersion" => FieldText.Invariant($"{value / 65536.0:F6} s"),
        "referenceTimestamp" or "originTimestamp" or "receiveTimestamp" or "transmitTimestamp" => new NtpTimestamp(value).ToString(),
        _ => null,
    };

    private static string PowerOfTwo(sbyte exponent) => FieldText.Invariant($"2^{exponent}, {Math.Pow(2, exponent):G6} s");
}
