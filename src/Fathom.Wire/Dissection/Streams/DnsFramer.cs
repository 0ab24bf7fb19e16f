using System.Buffers.Binary;

namespace Fathom.Wire.Dissection.Streams;

/// <summary>DNS over TCP: each message behind its length (RFC 1035 §4.2.2).</summary>
internal sealed class DnsFramer : StreamFramer
{
    private const int LengthOctets = 2;

    // A message is at least its header (RFC 1035 §4.1.1): less is another protocol on this port.
    private const int MinMessage = 12;

    internal override IApplicationDissector Dissector => DnsDissector.Unicast;

    internal override string Unit => "a DNS message";

    internal override StreamUnit Next(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < LengthOctets) return StreamUnit.Incomplete;
        var length = BinaryPrimitives.ReadUInt16BigEndian(bytes);
        if (length < MinMessage) return StreamUnit.Foreign;
        return bytes.Length < LengthOctets + length ? StreamUnit.Incomplete : new StreamUnit(StreamUnitKind.Message, LengthOctets + length);
    }
}
