using Fathom.Hosts.Internet;
using Fathom.Wire.Internet;

namespace Fathom.Probes.Internet.Ping;

/// <summary>How a series of echo requests is sent.</summary>
public sealed record PingOptions
{
    /// <summary>The shortest interval: what ping(8) allows to ordinary users. A flood is no measurement.</summary>
    public static readonly TimeSpan ShortestInterval = TimeSpan.FromMilliseconds(2);

    /// <summary>Octets of data that every reply can carry: the largest IPv4 packet less 20 octets of IPv4 and 8 of ICMP.</summary>
    public const int MaximumDataLength = 65507;

    /// <summary>How many requests; null for no end but the deadline or a cancellation.</summary>
    public long? Count { get; init; }

    /// <summary>From one request to the next, at least <see cref="ShortestInterval"/>.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Send the next request as soon as the one before is settled, and after <see cref="Interval"/> at the latest: at most one is on its way (ping -A).</summary>
    public bool IsAdaptive { get; init; }

    /// <summary>Tell of a request that has no answer yet when the next one is sent (ping -O).</summary>
    public bool TellsOutstanding { get; init; }

    /// <summary>How long a reply may take; what comes later still counts, as late.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>When the series ends however many were sent, or null.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>Octets after the ICMP header, 0 to <see cref="MaximumDataLength"/>; 56 as ping(8) sends.</summary>
    public int DataLength { get; init; } = 56;

    /// <summary>What the data is filled with, over and over; empty for counting octets.</summary>
    public ReadOnlyMemory<byte> Pattern { get; init; }

    /// <summary>Hop limit and fragmentation of each request.</summary>
    public PacketOptions Packet { get; init; }

    /// <summary>The source address, or null for the host's choice.</summary>
    public IpAddress? Source { get; init; }

    /// <summary>The only interface, by name, or null.</summary>
    public string? Interface { get; init; }
}
