using Fathom.Hosts;
using Fathom.Hosts.Internet;

namespace Fathom.Probes.Internet;

/// <summary>The probes of one socket that wait for their answers, told apart by a number that comes back with the answer. Safe for concurrent use.</summary>
/// <typeparam name="TAnswer">What comes for a probe.</typeparam>
/// <param name="time">The host's clock.</param>
internal sealed class ProbesUnderWay<TAnswer>(TimeProvider time)
    where TAnswer : class
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ushort, ProbeUnderWay<TAnswer>> _waiting = [];
    private readonly HostGate _sending = new();
    private ushort _last;

    /// <summary>Numbers a probe, from 1, before it is sent: its answer may come before the sending returns.</summary>
    public ProbeUnderWay<TAnswer> Begin()
    {
        lock (_gate)
        {
            var probe = new ProbeUnderWay<TAnswer>(++_last) { SentAt = time.GetTimestamp() };
            _waiting[probe.Number] = probe;
            return probe;
        }
    }

    /// <summary>Sends it, one at a time: a socket has one waiter for room to send.</summary>
    /// <param name="probe">The probe.</param>
    /// <param name="send">Sends its octets.</param>
    /// <param name="cancellation">Ends the wait for its turn.</param>
    /// <returns>The error of sending, or null.</returns>
    public async Task<NetworkError?> SendAsync(ProbeUnderWay<TAnswer> probe, Func<ValueTask<NetworkError?>> send, CancellationToken cancellation)
    {
        await _sending.EnterAsync(cancellation);
        try
        {
            probe.SentAt = time.GetTimestamp(); // waiting for one's turn is no part of the round trip
            return await send();
        }
        finally
        {
            _sending.Leave();
        }
    }

    /// <summary>Takes out the one of a number; null where none waits by it.</summary>
    /// <param name="number">The number.</param>
    public ProbeUnderWay<TAnswer>? Take(ushort number)
    {
        lock (_gate)
        {
            _waiting.Remove(number, out var probe);
            return probe;
        }
    }

    /// <summary>Takes out all that wait.</summary>
    public IReadOnlyList<ProbeUnderWay<TAnswer>> TakeAll()
    {
        lock (_gate)
        {
            ProbeUnderWay<TAnswer>[] all = [.. _waiting.Values];
            _waiting.Clear();
            return all;
        }
    }
}
