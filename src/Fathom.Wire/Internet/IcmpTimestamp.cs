using System.Buffers.Binary;

namespace Fathom.Wire.Internet;

/// <summary>An ICMP timestamp request or reply (RFC 792), read from the type on.</summary>
public readonly ref struct IcmpTimestamp : IWireView<IcmpTimestamp>
{
    /// <summary>Octets of the message.</summary>
    public const int FixedLength = 20;

    private const string Spec = "RFC 792";

    private static readonly FieldSpec[] Rows =
    [
        new("type", 0, 8, Spec), new("code", 8, 8, Spec), new("checksum", 16, 16, Spec), new("identifier", 32, 16, Spec), new("sequenceNumber", 48, 16, Spec),
        new("originate", 64, 32, Spec), new("receive", 96, 32, Spec), new("transmit", 128, 32, Spec),
    ];

    private readonly ReadOnlySpan<byte> _bytes;

    private IcmpTimestamp(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <inheritdoc/>
    public static ReadOnlySpan<FieldSpec> Layout => Rows;

    /// <summary>True for a reply.</summary>
    public bool IsReply => _bytes[0] == (byte)IcmpType.TimestampReply;

    /// <summary>Eight bits that are sent as zero.</summary>
    public byte Code => _bytes[1];

    /// <summary>The checksum as it stands; <see cref="IcmpMessage.ChecksumIsValid"/> checks it.</summary>
    public ushort Checksum => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>Which conversation.</summary>
    public ushort Identifier => BinaryPrimitives.ReadUInt16BigEndian(_bytes[4..]);

    /// <summary>Which question of it.</summary>
    public ushort SequenceNumber => BinaryPrimitives.ReadUInt16BigEndian(_bytes[6..]);

    /// <summary>When the request was sent: milliseconds since midnight UTC; with the first bit set, something else.</summary>
    public uint Originate => BinaryPrimitives.ReadUInt32BigEndian(_bytes[8..]);

    /// <summary>When the request arrived, likewise.</summary>
    public uint Receive => BinaryPrimitives.ReadUInt32BigEndian(_bytes[12..]);

    /// <summary>When the reply was sent, likewise.</summary>
    public uint Transmit => BinaryPrimitives.ReadUInt32BigEndian(_bytes[16..]);

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out IcmpTimestamp view, out WireError error)
    {
        var ok = IcmpMessage.Check(bytes, FixedLength, IcmpType.TimestampRequest, IcmpType.TimestampReply, out error);
        view = ok ? new IcmpTimestamp(bytes[..FixedLength]) : default;
        return ok;
    }
}
