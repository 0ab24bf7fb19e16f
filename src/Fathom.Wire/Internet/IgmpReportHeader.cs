using System.Buffers.Binary;

namespace Fathom.Wire.Internet;

/// <summary>
/// The first eight octets of an IGMPv3 membership report to send (RFC 3376 §4.2). Records, each a <see cref="MulticastGroupRecordHeader"/>,
/// follow them; the checksum is computed when it is written.
/// </summary>
/// <param name="RecordCount">How many records follow.</param>
public readonly record struct IgmpReportHeader(ushort RecordCount) : IWireHeader
{
    /// <summary>Octets before the records: 8.</summary>
    public int Length => IgmpReport.FixedLength;

    /// <summary>Writes the octets in front of records that are already in place.</summary>
    /// <param name="destination">Exactly the message: 8 octets, then the records.</param>
    /// <returns>Octets written, records not counted.</returns>
    public int WriteTo(Span<byte> destination)
    {
        destination[..Length].Clear();
        destination[0] = (byte)IgmpType.ReportV3;
        BinaryPrimitives.WriteUInt16BigEndian(destination[6..], RecordCount);
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], InternetChecksum.Compute(destination));
        return Length;
    }
}
