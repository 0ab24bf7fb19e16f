using System.Buffers.Binary;

namespace Fathom.Wire.Application.Dns;

/// <summary>A view over the 12 octets that begin a DNS message (RFC 1035 §4.1.1, RFC 4035 §3 for AD and CD).</summary>
public readonly ref struct DnsHeader : IWireView<DnsHeader>
{
    /// <summary>Octets in the header.</summary>
    public const int Length = 12;

    private static readonly FieldSpec[] Fields =
    [
        new("id", 0, 16, "RFC 1035 §4.1.1"),
        new("qr", 16, 1, "RFC 1035 §4.1.1"),
        new("opcode", 17, 4, "RFC 1035 §4.1.1"),
        new("aa", 21, 1, "RFC 1035 §4.1.1"),
        new("tc", 22, 1, "RFC 1035 §4.1.1"),
        new("rd", 23, 1, "RFC 1035 §4.1.1"),
        new("ra", 24, 1, "RFC 1035 §4.1.1"),
        new("z", 25, 1, "RFC 1035 §4.1.1"),
        new("ad", 26, 1, "RFC 4035 §3.2.3"),
        new("cd", 27, 1, "RFC 4035 §3.2.2"),
        new("rcode", 28, 4, "RFC 1035 §4.1.1"),
        new("qdcount", 32, 16, "RFC 1035 §4.1.1"),
        new("ancount", 48, 16, "RFC 1035 §4.1.1"),
        new("nscount", 64, 16, "RFC 1035 §4.1.1"),
        new("arcount", 80, 16, "RFC 1035 §4.1.1"),
    ];

    private readonly ReadOnlySpan<byte> _bytes;

    private DnsHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <inheritdoc/>
    public static ReadOnlySpan<FieldSpec> Layout => Fields;

    /// <summary>The 12 octets.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>What the asker chose, and the answer repeats.</summary>
    public ushort Id => BinaryPrimitives.ReadUInt16BigEndian(_bytes);

    /// <summary>QR: a response; else a query.</summary>
    public bool IsResponse => (Flags & 0x8000) != 0;

    /// <summary>OPCODE.</summary>
    public DnsOpcode Opcode => (DnsOpcode)((Flags >> 11) & 0xF);

    /// <summary>AA: the server is an authority for the name.</summary>
    public bool Authoritative => (Flags & 0x0400) != 0;

    /// <summary>TC: the message was cut to fit the transport.</summary>
    public bool Truncated => (Flags & 0x0200) != 0;

    /// <summary>RD: the asker wants recursion.</summary>
    public bool RecursionDesired => (Flags & 0x0100) != 0;

    /// <summary>RA: the server offers recursion.</summary>
    public bool RecursionAvailable => (Flags & 0x0080) != 0;

    /// <summary>Z: must be zero (RFC 1035 §4.1.1).</summary>
    public bool Reserved => (Flags & 0x0040) != 0;

    /// <summary>AD: the server holds the data for authentic (RFC 4035 §3.2.3).</summary>
    public bool AuthenticData => (Flags & 0x0020) != 0;

    /// <summary>CD: the asker checks signatures itself (RFC 4035 §3.2.2).</summary>
    public bool CheckingDisabled => (Flags & 0x0010) != 0;

    /// <summary>RCODE: the lower four bits of the response code; an OPT record may hold eight more.</summary>
    public DnsResponseCode ResponseCode => (DnsResponseCode)(Flags & 0xF);

    /// <summary>QDCOUNT, as the sender states it.</summary>
    public ushort QuestionCount => BinaryPrimitives.ReadUInt16BigEndian(_bytes[4..]);

    /// <summary>ANCOUNT, as the sender states it.</summary>
    public ushort AnswerCount => BinaryPrimitives.ReadUInt16BigEndian(_bytes[6..]);

    /// <summary>NSCOUNT, as the sender states it.</summary>
    public ushort AuthorityCount => BinaryPrimitives.ReadUInt16BigEndian(_bytes[8..]);

    /// <summary>ARCOUNT, as the sender states it; an OPT record counts.</summary>
    public ushort AdditionalCount => BinaryPrimitives.ReadUInt16BigEndian(_bytes[10..]);

    private int Flags => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>The header of a message that was checked to have one.</summary>
    internal static DnsHeader FromChecked(ReadOnlySpan<byte> message) => new(message[..Length]);

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out DnsHeader view, out WireError error)
    {
        if (bytes.Length < Length)
        {
            view = default;
            error = WireError.TooShort(DnsMessage.Protocol, 0, Length, bytes.Length, "header");
            return false;
        }

        view = new DnsHeader(bytes[..Length]);
        error = default;
        return true;
    }
}
