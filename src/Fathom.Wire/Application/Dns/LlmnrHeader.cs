using System.Buffers.Binary;

namespace Fathom.Wire.Application.Dns;

/// <summary>
/// A view over the 12 octets that begin an LLMNR message (RFC 4795 §2.1.1): those of DNS, with other flags. What follows has the form of DNS.
/// </summary>
public readonly ref struct LlmnrHeader : IWireView<LlmnrHeader>
{
    /// <summary>Octets in the header.</summary>
    public const int Length = 12;

    private static readonly FieldSpec[] Fields =
    [
        new("id", 0, 16, "RFC 4795 §2.1.1"),
        new("qr", 16, 1, "RFC 4795 §2.1.1"),
        new("opcode", 17, 4, "RFC 4795 §2.1.1"),
        new("c", 21, 1, "RFC 4795 §2.1.1"),
        new("tc", 22, 1, "RFC 4795 §2.1.1"),
        new("t", 23, 1, "RFC 4795 §2.1.1"),
        new("z", 24, 4, "RFC 4795 §2.1.1"),
        new("rcode", 28, 4, "RFC 4795 §2.1.1"),
        new("qdcount", 32, 16, "RFC 4795 §2.1.1"),
        new("ancount", 48, 16, "RFC 4795 §2.1.1"),
        new("nscount", 64, 16, "RFC 4795 §2.1.1"),
        new("arcount", 80, 16, "RFC 4795 §2.1.1"),
    ];

    private readonly ReadOnlySpan<byte> _bytes;

    private LlmnrHeader(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <inheritdoc/>
    public static ReadOnlySpan<FieldSpec> Layout => Fields;

    /// <summary>What the asker chose, and the answer repeats.</summary>
    public ushort Id => BinaryPrimitives.ReadUInt16BigEndian(_bytes);

    /// <summary>QR: a response; else a query.</summary>
    public bool IsResponse => (Flags & 0x8000) != 0;

    /// <summary>OPCODE: 0; others are ignored.</summary>
    public byte Opcode => (byte)((Flags >> 11) & 0xF);

    /// <summary>C: in a query, that several have answered with this name; in a response, that the name is not one host's alone.</summary>
    public bool Conflict => (Flags & 0x0400) != 0;

    /// <summary>TC: cut to fit the transport; ask again over TCP.</summary>
    public bool Truncated => (Flags & 0x0200) != 0;

    /// <summary>T: the sender has not yet made sure that the name is its own alone.</summary>
    public bool Tentative => (Flags & 0x0100) != 0;

    /// <summary>Z: zero.</summary>
    public byte Reserved => (byte)((Flags >> 4) & 0xF);

    /// <summary>RCODE: zero in multicast.</summary>
    public DnsResponseCode ResponseCode => (DnsResponseCode)(Flags & 0xF);

    /// <summary>QDCOUNT: one (RFC 4795 §2.1.1).</summary>
    public ushort QuestionCount => BinaryPrimitives.ReadUInt16BigEndian(_bytes[4..]);

    /// <summary>ANCOUNT, as the sender states it.</summary>
    public ushort AnswerCount => BinaryPrimitives.ReadUInt16BigEndian(_bytes[6..]);

    /// <summary>NSCOUNT, as the sender states it.</summary>
    public ushort AuthorityCount => BinaryPrimitives.ReadUInt16BigEndian(_bytes[8..]);

    /// <summary>ARCOUNT, as the sender states it.</summary>
    public ushort AdditionalCount => BinaryPrimitives.ReadUInt16BigEndian(_bytes[10..]);

    private int Flags => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out LlmnrHeader view, out WireError error)
    {
        if (bytes.Length < Length)
        {
            view = default;
            error = WireError.TooShort("LLMNR", 0, Length, bytes.Length, "header");
            return false;
        }

        view = new LlmnrHeader(bytes[..Length]);
        error = default;
        return true;
    }
}
