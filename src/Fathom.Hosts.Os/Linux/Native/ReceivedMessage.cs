using Fathom.Wire.Internet;
using Fathom.Wire.Transport;
using static Fathom.Hosts.Os.Linux.Native.SocketConstants;

namespace Fathom.Hosts.Os.Linux.Native;

/// <summary>What recvmsg(2) told beside the octets.</summary>
internal struct ReceivedMessage
{
    /// <summary>The source; for the error queue the destination of the packet that caused the error.</summary>
    public IpEndpoint? Name;

    /// <summary>MSG_TRUNC and its like.</summary>
    public int Flags;

    /// <summary>TTL or hop limit on arrival.</summary>
    public byte? HopLimit;

    /// <summary>The kernel's receive time stamp in nanoseconds since 1970, or 0.</summary>
    public long WallNanoseconds;

    /// <summary>From the error queue.</summary>
    public ExtendedError? Error;

    /// <summary>Takes the known ancillary messages; others are skipped.</summary>
    public void ReadControl(ReadOnlySpan<byte> control)
    {
        var messages = new ControlMessages(control);
        while (messages.MoveNext())
        {
            switch ((messages.Level, messages.Type))
            {
                case (IPPROTO_IP, IP_TTL) when messages.Data.Length >= 4:
                case (IPPROTO_IPV6, IPV6_HOPLIMIT) when messages.Data.Length >= 4:
                    HopLimit = (byte)HostOrder.ReadInt32(messages.Data, 0);
                    break;
                case (SOL_SOCKET, SO_TIMESTAMPNS) when messages.Data.Length >= 16:
                    WallNanoseconds = ReadTimestamp(messages.Data);
                    break;
                case (IPPROTO_IP, IP_RECVERR):
                case (IPPROTO_IPV6, IPV6_RECVERR):
                    Error = ExtendedError.Read(messages.Data);
                    break;
            }
        }
    }

    /// <summary>struct timespec, as nanoseconds; 0 for nonsense.</summary>
    public static long ReadTimestamp(ReadOnlySpan<byte> data)
    {
        var seconds = HostOrder.ReadInt64(data, 0);
        // Two centuries of nanoseconds fit into 63 bits.
        return seconds is < 0 or > 6_311_520_000 ? 0 : (seconds * 1_000_000_000) + HostOrder.ReadInt64(data, 8);
    }
}
