using System.Globalization;
using Fathom.Hosts.Link;

namespace Fathom.Probes.Evidence;

/// <summary>
/// The evidence of one check, in the order in which it was found. Safe for concurrent use. What was not
/// captured is never entered as a packet.
/// </summary>
/// <param name="time">The host's clock.</param>
public sealed class EvidenceLog(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly List<EvidenceItem> _items = [];
    private readonly long _start = time.GetTimestamp();
    private int _sockets;
    private int _kernels;

    /// <summary>When the log began, by the wall clock.</summary>
    public DateTimeOffset StartedAt { get; } = time.GetUtcNow();

    /// <summary>Time since the log began.</summary>
    public TimeSpan Elapsed => time.GetElapsedTime(_start);

    /// <summary>All items, in order of entry.</summary>
    public IReadOnlyList<EvidenceItem> Items
    {
        get
        {
            lock (_gate) return [.. _items];
        }
    }

    /// <summary>Numbers the packets of captures that a probe makes for this log alone, where no <see cref="PacketStore"/> serves it.</summary>
    internal PacketNumbers Numbers { get; } = new();

    /// <summary>Enters what a socket call returned.</summary>
    /// <param name="summary">One line; text from the network must be escaped.</param>
    /// <returns>The id.</returns>
    public string AddSocket(string summary)
    {
        lock (_gate) return Add("socket:" + (++_sockets).ToString(CultureInfo.InvariantCulture), Elapsed, summary, null);
    }

    /// <summary>Enters what the kernel said of its interfaces, routes or neighbors.</summary>
    /// <param name="summary">One line.</param>
    /// <returns>The id.</returns>
    public string AddKernel(string summary)
    {
        lock (_gate) return Add("kernel:" + (++_kernels).ToString(CultureInfo.InvariantCulture), Elapsed, summary, null);
    }

    /// <summary>Enters a captured packet, once; entering it again returns the same id.</summary>
    /// <param name="number">The packet's number in its recorder, from 1.</param>
    /// <param name="summary">One line.</param>
    /// <param name="frame">The frame.</param>
    /// <returns>The id.</returns>
    /// <exception cref="ArgumentException">Another packet has this number here: the packets of two stores were mixed.</exception>
    public string AddPacket(int number, string summary, CapturedFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var id = "packet:" + number.ToString(CultureInfo.InvariantCulture);
        lock (_gate)
        {
            foreach (var item in _items)
            {
                if (item.Id != id) continue;
                return ReferenceEquals(item.Frame, frame) ? id : throw new ArgumentException($"{id} is another packet here.", nameof(number));
            }

            return Add(id, frame.WallTime - StartedAt, summary, frame);
        }
    }

    private string Add(string id, TimeSpan at, string summary, CapturedFrame? frame)
    {
        _items.Add(new EvidenceItem(id, at, summary, frame));
        return id;
    }
}
