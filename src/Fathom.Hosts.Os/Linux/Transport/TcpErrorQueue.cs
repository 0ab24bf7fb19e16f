using Fathom.Hosts.Internet;
using Fathom.Hosts.Os.Linux.Internet;
using Fathom.Hosts.Os.Linux.Native;

namespace Fathom.Hosts.Os.Linux.Transport;

/// <summary>The error queue of a TCP socket. The kernel quotes from the TCP header on; the port speaks of its payload.</summary>
internal sealed class TcpErrorQueue(NativeSocket socket, ArrivalClock clock)
{
    private const int MinimumHeaderLength = 20; // RFC 9293 §3.1
    private readonly ErrorQueue _queue = new(socket, clock);

    /// <summary>Empties the queue into a list. Returns how many were appended.</summary>
    public int Drain(List<NetworkError> errors)
    {
        var drained = new Queue<NetworkError>();
        _queue.Drain(drained);
        foreach (var error in drained) errors.Add(error with { Quoted = Payload(error.Quoted) });
        return drained.Count;
    }

    private static ReadOnlyMemory<byte> Payload(ReadOnlyMemory<byte> quoted)
    {
        if (quoted.Length < MinimumHeaderLength) return default;
        var headerLength = (quoted.Span[12] >> 4) * 4;
        return headerLength < MinimumHeaderLength || headerLength > quoted.Length ? default : quoted[headerLength..];
    }
}
