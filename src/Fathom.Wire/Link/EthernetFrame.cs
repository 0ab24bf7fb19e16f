using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Fathom.Wire.Link;

/// <summary>
/// An Ethernet frame without preamble and frame check sequence: Ethernet II (RFC 894, RFC 2464), whose two
/// octets after the addresses are a type, or IEEE 802.3, where they are the payload's length.
/// </summary>
public readonly ref struct EthernetFrame : IWireView<EthernetFrame>
{
    /// <summary>Octets before the payload.</summary>
    public const int HeaderLength = 14;

    private const string Protocol = "Ethernet";

    private static readonly FieldSpec[] Rows =
    [
        new("destination", 0, 48, "IEEE 802.3 §3.2.4"),
        new("source", 48, 48, "IEEE 802.3 §3.2.5"),
        new("typeOrLength", 96, 16, "IEEE 802.3 §3.2.6"),
    ];

    private readonly ReadOnlySpan<byte> _bytes;

    private EthernetFrame(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <inheritdoc/>
    public static ReadOnlySpan<FieldSpec> Layout => Rows;

    /// <summary>The receiver's address.</summary>
    public MacAddress Destination => MacAddress.FromBytes(_bytes);

    /// <summary>The sender's address.</summary>
    public MacAddress Source => MacAddress.FromBytes(_bytes[6..]);

    /// <summary>The field as it stands: a length up to 1,500, a type from 1,536 on.</summary>
    public ushort TypeOrLength => BinaryPrimitives.ReadUInt16BigEndian(_bytes[12..]);

    /// <summary>True for an IEEE 802.3 frame, whose payload begins with an LLC header.</summary>
    public bool IsLengthFrame => TypeOrLength <= Link.TypeOrLength.MaxLength;

    /// <summary>What the payload is; <see cref="EtherType.None"/> in a length frame.</summary>
    public EtherType EtherType => IsLengthFrame ? EtherType.None : (EtherType)TypeOrLength;

    /// <summary>
    /// What follows the header. A length frame's is cut to its length; an Ethernet II frame has none, so padding
    /// is still there, and the protocol above cuts it off.
    /// </summary>
    public ReadOnlySpan<byte> Payload => _bytes[HeaderLength..];

    /// <summary>The view over octets that were checked before, cut as the check cut them.</summary>
    internal static EthernetFrame FromChecked(ReadOnlySpan<byte> bytes) => new(bytes);

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out EthernetFrame view, out WireError error)
    {
        if (TryReadTruncated(bytes, out view, out error) && !error.IsError) return true;
        view = default;
        return false;
    }

    /// <summary>Reads a frame whose end may be missing. True with an error means: the header is there, the payload is cut.</summary>
    /// <param name="bytes">From the destination address on.</param>
    /// <param name="view">The view, or the default.</param>
    /// <param name="error">What is missing or wrong.</param>
    public static bool TryReadTruncated(ReadOnlySpan<byte> bytes, out EthernetFrame view, out WireError error)
    {
        error = default;
        if (TryReadTyped(bytes, out view)) return true;
        if (bytes.Length < HeaderLength)
        {
            error = WireError.TooShort(Protocol, 0, HeaderLength, bytes.Length, "header");
            return false;
        }

        var value = BinaryPrimitives.ReadUInt16BigEndian(bytes[12..]);
        if (!Link.TypeOrLength.TryCut(bytes[HeaderLength..], value, Protocol, 12, out var payload, out error)) return false;
        view = new EthernetFrame(bytes[..(HeaderLength + payload.Length)]);
        return true;
    }

    /// <summary>Reads an Ethernet II frame: the ordinary one, about which there is nothing to say. False for any other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool TryReadTyped(ReadOnlySpan<byte> bytes, out EthernetFrame view)
    {
        var isTyped = bytes.Length >= HeaderLength && BinaryPrimitives.ReadUInt16BigEndian(bytes[12..]) >= Link.TypeOrLength.MinType;
        view = isTyped ? new EthernetFrame(bytes) : default;
        return isTyped;
    }
}
