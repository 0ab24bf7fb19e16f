using System.Buffers.Binary;

namespace Fathom.Services.Application.Iperf;

/// <summary>How a datagram of iperf3 begins: seconds and microseconds of its sender's clock, and its number from 1, in 32 bits or 64; all in network byte order.</summary>
internal static class IperfDatagram
{
    private const int StampLength = 2 * sizeof(uint);

    /// <summary>Octets of the longer form.</summary>
    public const int MostHeader = StampLength + sizeof(ulong);

    public static void Write(Span<byte> datagram, TimeSpan sent, ulong number, bool isWide)
    {
        BinaryPrimitives.WriteUInt32BigEndian(datagram, (uint)(sent.Ticks / TimeSpan.TicksPerSecond));
        BinaryPrimitives.WriteUInt32BigEndian(datagram[sizeof(uint)..], (uint)(sent.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond));
        if (isWide) BinaryPrimitives.WriteUInt64BigEndian(datagram[StampLength..], number);
        else BinaryPrimitives.WriteUInt32BigEndian(datagram[StampLength..], (uint)number);
    }

    /// <returns>False where it is too short.</returns>
    public static bool TryRead(ReadOnlySpan<byte> datagram, bool isWide, out TimeSpan sent, out ulong number)
    {
        (sent, number) = (default, 0);
        if (datagram.Length < StampLength + (isWide ? sizeof(ulong) : sizeof(uint))) return false;
        sent = TimeSpan.FromTicks((BinaryPrimitives.ReadUInt32BigEndian(datagram) * TimeSpan.TicksPerSecond) + (BinaryPrimitives.ReadUInt32BigEndian(datagram[sizeof(uint)..]) * TimeSpan.TicksPerMicrosecond));
        number = isWide ? BinaryPrimitives.ReadUInt64BigEndian(datagram[StampLength..]) : BinaryPrimitives.ReadUInt32BigEndian(datagram[StampLength..]);
        return true;
    }
}
