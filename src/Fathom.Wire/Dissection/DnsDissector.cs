using System.Buffers.Binary;
using Fathom.Wire.Application.Dns;
using Fathom.Wire.Internet;

namespace Fathom.Wire.Dissection;

/// <summary>
/// DNS, multicast DNS and LLMNR over UDP; over TCP the messages of one segment, each behind its length (RFC 1035 §4.2.2). A message that goes on
/// in the next segment is shown as far as it is here.
/// </summary>
internal sealed class DnsDissector : IRecognizingDissector
{
    private const int LengthOctets = 2;

    private readonly DnsFlavor _flavor;

    private DnsDissector(DnsFlavor flavor, string protocol, string name)
    {
        _flavor = flavor;
        Protocol = protocol;
        Name = name;
    }

    internal static DnsDissector Unicast { get; } = new(DnsFlavor.Unicast, "dns", "DNS");

    internal static DnsDissector Multicast { get; } = new(DnsFlavor.Multicast, "mdns", "mDNS");

    internal static DnsDissector LinkLocal { get; } = new(DnsFlavor.LinkLocal, "llmnr", "LLMNR");

    public string Protocol { get; }

    public string Name { get; }

    /// <summary>True for octets that are exactly one whole message about one of the Internet's names, with nothing odd in it.</summary>
    public bool Recognizes(IpProtocol transport, ReadOnlySpan<byte> payload)
    {
        if (transport == IpProtocol.Tcp)
        {
            if (payload.Length < LengthOctets || BinaryPrimitives.ReadUInt16BigEndian(payload) != payload.Length - LengthOctets) return false;
            payload = payload[LengthOctets..];
        }

        // NetBIOS's name service has DNS's form; its names are one label of 32 octets (RFC 1001 §14.1).
        const byte NetBiosLabel = 32;
        return DnsHeader.TryRead(payload, out var header, out _)
            && !header.Reserved
            && payload.Length > DnsHeader.Length && payload[DnsHeader.Length] != NetBiosLabel
            && (header.IsResponse || header.AnswerCount + header.AuthorityCount == 0)
            && DnsMessage.TryRead(payload, out var message, out _)
            && message is { Opcode: DnsOpcode.Query, Questions: [{ Class: DnsClass.Internet }], TrailingLength: 0 };
    }

    public bool TryDissect(IpProtocol transport, ReadOnlySpan<byte> payload, LayerWriter layer, out string summary, out WireError fault)
    {
        summary = string.Empty;
        fault = default;
        if (transport != IpProtocol.Tcp)
        {
            if (!DnsHeader.TryRead(payload, out _, out _)) return false;
            summary = DissectMessage(payload, layer, 0, out fault);
            layer.HeaderLength = DnsHeader.Length;
            layer.Length = payload.Length;
            return true;
        }

        layer.Length = payload.Length;
        layer.HeaderLength = Math.Min(payload.Length, LengthOctets + DnsHeader.Length);
        var at = 0;
        while (payload.Length - at >= LengthOctets + DnsHeader.Length)
        {
            int length = BinaryPrimitives.ReadUInt16BigEndian(payload[at..]);
            var there = Math.Min(length, payload.Length - at - LengthOctets);
            var isCut = there < length;
            if (length < DnsHeader.Length) return at > 0;

            // A segment may begin inside a message: what then stands here reads like none.
            var bytes = payload.Slice(at + LengthOctets, there);
            if (at == 0 && !IsPlausible(bytes)) return false;
            layer.AddOctets("messageLength", at, LengthOctets, (ulong)length, FieldText.Octets((ulong)length), "RFC 1035 §4.2.2");
            var text = DissectMessage(bytes, layer, at + LengthOctets, out var error);
            if (isCut) text += ", continues";
            else if (error.IsError && !fault.IsError) fault = error;
            summary = at == 0 ? text : $"{summary}; {text}";
            at += LengthOctets + there;
        }

        return at > 0;
    }

    // An operation that exists, no reserved bit, and a first question that can be read as far as it is there.
    private static bool IsPlausible(ReadOnlySpan<byte> bytes)
    {
        if (!DnsHeader.TryRead(bytes, out var header, out _) || header.Reserved || header.Opcode > DnsOpcode.Stateful || header.QuestionCount > 1) return false;
        var reader = new DnsReader(bytes, DnsHeader.Length);
        if (header.QuestionCount > 0) reader.ReadName("question name");
        return !reader.Failed || reader.Error.Kind == WireErrorKind.TooShort;
    }

    private string DissectMessage(ReadOnlySpan<byte> bytes, LayerWriter layer, int at, out WireError fault)
    {
        layer.AddFields(_flavor == DnsFlavor.LinkLocal ? LlmnrHeader.Layout : DnsHeader.Layout, bytes, Format, at);
        var sections = new DnsSectionDissector(layer, at, _flavor);
        fault = sections.Dissect(bytes);
        if (fault.IsError) fault = fault with { Offset = fault.Offset + at };
        return sections.Summary;
    }

    private static FieldWords Format(string name, ulong value) => name switch
    {
        "id" => FieldText.Hex(value, 4),
        "qr" => value == 0 ? "query" : "response",
        "opcode" => FieldText.Named(((DnsOpcode)value).ToText(), value),
        "rcode" => FieldText.Named(((DnsResponseCode)value).ToText(), value),
        _ => null,
    };
}
