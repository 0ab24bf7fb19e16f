using System.Buffers.Binary;

namespace Fathom.Wire.Internet;

/// <summary>
/// An extended echo request of ICMP or ICMPv6 (RFC 8335 §2), read from the type on: asks a node about one of its interfaces, which an
/// extension object names.
/// </summary>
public readonly ref struct ExtendedEchoRequest : IWireView<ExtendedEchoRequest>
{
    /// <summary>Octets before the extension structure.</summary>
    public const int FixedLength = 8;

    private const string Spec = "RFC 8335 §2";

    private static readonly FieldSpec[] Rows =
    [
        new("type", 0, 8, Spec), new("code", 8, 8, Spec), new("checksum", 16, 16, Spec), new("identifier", 32, 16, Spec), new("sequenceNumber", 48, 8, Spec),
        new("reserved", 56, 7, Spec), new("isLocal", 63, 1, Spec),
    ];

    private readonly ReadOnlySpan<byte> _bytes;

    private ExtendedEchoRequest(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <inheritdoc/>
    public static ReadOnlySpan<FieldSpec> Layout => Rows;

    /// <summary>Eight bits that are sent as zero.</summary>
    public byte Code => _bytes[1];

    /// <summary>The checksum as it stands; the message's view checks it.</summary>
    public ushort Checksum => BinaryPrimitives.ReadUInt16BigEndian(_bytes[2..]);

    /// <summary>Which conversation.</summary>
    public ushort Identifier => BinaryPrimitives.ReadUInt16BigEndian(_bytes[4..]);

    /// <summary>Which question of it.</summary>
    public byte SequenceNumber => _bytes[6];

    /// <summary>Seven bits that are sent as zero.</summary>
    public byte Reserved => (byte)(_bytes[7] >> 1);

    /// <summary>The interface is the answering node's own; else one of its neighbors'.</summary>
    public bool IsLocal => (_bytes[7] & 1) != 0;

    /// <summary>The extension structure that names the interface (RFC 4884 §7).</summary>
    public ReadOnlySpan<byte> Extensions => _bytes[FixedLength..];

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out ExtendedEchoRequest view, out WireError error)
    {
        var ok = IcmpMessage.Check(bytes, FixedLength, IcmpType.ExtendedEchoRequest, (IcmpType)Icmpv6Type.ExtendedEchoRequest, out error);
        view = ok ? new ExtendedEchoRequest(bytes) : default;
        return ok;
    }
}
