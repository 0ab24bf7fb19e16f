using Fathom.Wire.Internet;

namespace Fathom.Wire.Application.Dhcpv6;

/// <summary>A DHCPv6 relay's message (RFC 8415 §9): the message that it passes on is in the Relay Message option.</summary>
public readonly ref struct Dhcpv6RelayMessage : IWireView<Dhcpv6RelayMessage>
{
    /// <summary>Octets before the options.</summary>
    public const int HeaderLength = 34;

    /// <summary>RFC 8415 §7.6, HOP_COUNT_LIMIT: relays one behind the other, at most.</summary>
    public const int MaximumHops = 8;

    private static readonly FieldSpec[] Rows =
    [
        new("msgType", 0, 8, "RFC 8415 §9"),
        new("hopCount", 8, 8, "RFC 8415 §9"),
        new("linkAddress", 16, 128, "RFC 8415 §9"),
        new("peerAddress", 144, 128, "RFC 8415 §9"),
    ];

    private readonly ReadOnlySpan<byte> _bytes;

    private Dhcpv6RelayMessage(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <inheritdoc/>
    public static ReadOnlySpan<FieldSpec> Layout => Rows;

    /// <summary>Forward or reply.</summary>
    public Dhcpv6MessageType Type => (Dhcpv6MessageType)_bytes[0];

    /// <summary>Relays that the message has passed before.</summary>
    public byte HopCount => _bytes[1];

    /// <summary>An address of the link on which the client is.</summary>
    public IpAddress LinkAddress => IpAddress.FromBytes(_bytes.Slice(2, 16));

    /// <summary>Whom the relay had the message from.</summary>
    public IpAddress PeerAddress => IpAddress.FromBytes(_bytes.Slice(18, 16));

    /// <summary>The options' octets, behind the header (RFC 8415 §9).</summary>
    public ReadOnlySpan<byte> Options => _bytes[HeaderLength..];

    /// <summary>The whole message.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Walks the options.</summary>
    public Dhcpv6OptionEnumerator EnumerateOptions() => new(Options);

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out Dhcpv6RelayMessage view, out WireError error)
    {
        view = default;
        error = default;
        if (bytes.Length > 0 && !Dhcpv6Message.IsRelay((Dhcpv6MessageType)bytes[0])) error = WireError.BadValue(Dhcpv6Message.Protocol, 0, "type that is no relay's");
        else if (bytes.Length < HeaderLength) error = WireError.TooShort(Dhcpv6Message.Protocol, 0, HeaderLength, bytes.Length, "relay header");
        if (error.IsError) return false;
        view = new Dhcpv6RelayMessage(bytes);
        return true;
    }
}
