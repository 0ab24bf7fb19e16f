using System.Buffers.Binary;

namespace Fathom.Wire.Application.Dhcpv6;

/// <summary>A DHCPv6 message between client and server (RFC 8415 §8). A relay's has another form: <see cref="Dhcpv6RelayMessage"/>.</summary>
public readonly ref struct Dhcpv6Message : IWireView<Dhcpv6Message>
{
    /// <summary>Octets before the options.</summary>
    public const int HeaderLength = 4;

    internal const string Protocol = "DHCPv6";

    private static readonly FieldSpec[] Rows =
    [
        new("msgType", 0, 8, "RFC 8415 §8"),
        new("transactionId", 8, 24, "RFC 8415 §8"),
    ];

    private readonly ReadOnlySpan<byte> _bytes;

    private Dhcpv6Message(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <inheritdoc/>
    public static ReadOnlySpan<FieldSpec> Layout => Rows;

    /// <summary>What the message is.</summary>
    public Dhcpv6MessageType Type => (Dhcpv6MessageType)_bytes[0];

    /// <summary>Ties the answer to the question: 24 bits.</summary>
    public uint TransactionId => BinaryPrimitives.ReadUInt32BigEndian(_bytes) & 0xFF_FFFF;

    /// <summary>The options' octets, behind the header (RFC 8415 §8).</summary>
    public ReadOnlySpan<byte> Options => _bytes[HeaderLength..];

    /// <summary>The whole message.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Walks the options.</summary>
    public Dhcpv6OptionEnumerator EnumerateOptions() => new(Options);

    /// <summary>True for the messages of relays, which have another form.</summary>
    /// <param name="type">The type.</param>
    public static bool IsRelay(Dhcpv6MessageType type) => type is Dhcpv6MessageType.RelayForward or Dhcpv6MessageType.RelayReply;

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out Dhcpv6Message view, out WireError error)
    {
        view = default;
        error = default;
        if (bytes.Length > 0 && (bytes[0] == 0 || IsRelay((Dhcpv6MessageType)bytes[0]))) error = WireError.BadValue(Protocol, 0, "type that is no client's and no server's");
        else if (bytes.Length < HeaderLength) error = WireError.TooShort(Protocol, 0, HeaderLength, bytes.Length, "header");
        if (error.IsError) return false;
        view = new Dhcpv6Message(bytes);
        return true;
    }
}
