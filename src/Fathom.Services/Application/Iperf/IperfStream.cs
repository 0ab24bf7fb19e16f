using Fathom.Hosts.Transport;

namespace Fathom.Services.Application.Iperf;

/// <summary>What one stream of a test has carried.</summary>
/// <param name="id">Its number in both ends' results.</param>
/// <param name="isOutgoing">The server sends on it.</param>
internal sealed class IperfStream(int id, bool isOutgoing)
{
    private double? _transit;
    private ulong _highest;

    public int Id => id;

    public bool IsOutgoing => isOutgoing;

    public long Octets { get; private set; }

    /// <summary>How many the sender has sent, as far as is known here.</summary>
    public long Datagrams => (long)Math.Min(_highest, long.MaxValue);

    public long Lost { get; private set; }

    /// <summary>In seconds, as RFC 1889 §6.3.1 smooths it.</summary>
    public double Jitter { get; private set; }

    /// <summary>Segments that were sent again; null where the host does not tell.</summary>
    public long? Retransmissions { get; private set; }

    public void Add(int octets) => Octets += octets;

    /// <summary>A datagram was sent.</summary>
    public void AddSent(int octets)
    {
        Octets += octets;
        _highest++;
    }

    /// <summary>Takes a datagram: its number, counted from 1, and how long it was on its way by two clocks that need not agree.</summary>
    public void Add(int octets, ulong number, double transit)
    {
        Octets += octets;
        if (number > _highest)
        {
            Lost += (long)Math.Min(number - _highest - 1, long.MaxValue - (ulong)Lost);
            _highest = number;
        }
        else if (Lost > 0)
        {
            // It came late, and was counted as lost.
            Lost--;
        }

        if (_transit is { } before) Jitter += (Math.Abs(transit - before) - Jitter) / 16;
        _transit = transit;
    }

    public void Note(TcpConnectionInfo? info) => Retransmissions = info?.Retransmissions ?? Retransmissions;
}
