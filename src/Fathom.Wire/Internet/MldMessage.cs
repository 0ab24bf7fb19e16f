using System.Buffers.Binary;

namespace Fathom.Wire.Internet;

/// <summary>
/// A multicast listener query, report or done message of version 1 (RFC 2710 §3), read from the ICMPv6 type on; also the part of a version 2
/// query that version 1 knows.
/// </summary>
public readonly ref struct MldMessage : IWireView<MldMessage>
{
    /// <summary>Octets of the message.</summary>
    public const int FixedLength = 24;

    private static readonly FieldSpec[] Rows =
    [
        new("type", 0, 8, "RFC 2710 §3.1"), new("code", 8, 8, "RFC 2710 §3.2"), new("checksum", 16, 16, "RFC 2710 §3.3"),
        new("maxResponseDelay", 32, 16, "RFC 2710 §3.4"), new("reserved", 48, 16, "RFC 2710 §3.5"), new("group", 64, 128, "RFC 2710 §3.6"),
    ];

    private readonly ReadOnlySpan<byte> _bytes;

    private MldMessage(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <inheritdoc/>
    public static ReadOnlySpan<FieldSpec> Layout => Rows;

    /// <summary>Query, report or done.</summary>
    public Icmpv6Type Type => (Icmpv6Type)_bytes[0];

    /// <summary>Eight bits that are sent as zero.</summary>
    public byte Code => _bytes[1];

    /// <summary>The checksum as it stands; <see cref="Icmpv6Message.ChecksumIsValid"/> checks it.</summary>
    public ushort Checksum => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>In a query: until when to answer, milliseconds.</summary>
    public ushort MaxResponseDelay => BinaryPrimitives.ReadUInt16BigEndian(_bytes[4..]);

    /// <summary>Sixteen bits that are sent as zero.</summary>
    public ushort Reserved => BinaryPrimitives.ReadUInt16BigEndian(_bytes[6..]);

    /// <summary>The group that is meant; "::" in a general query.</summary>
    public IpAddress Group => IpAddress.FromBytes(_bytes.Slice(8, 16));

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out MldMessage view, out WireError error)
    {
        view = default;
        error = default;
        if (bytes.Length < FixedLength)
            error = WireError.TooShort(NdMessage.Name, 0, FixedLength, bytes.Length, "multicast listener message");
        else if ((Icmpv6Type)bytes[0] is not (Icmpv6Type.MulticastListenerQuery or Icmpv6Type.MulticastListenerReport or Icmpv6Type.MulticastListenerDone))
            error = WireError.BadValue(NdMessage.Name, 0, "the type is none of multicast listener discovery's version 1");
        if (error.IsError) return false;
        view = new MldMessage(bytes[..FixedLength]);
        return true;
    }
}
