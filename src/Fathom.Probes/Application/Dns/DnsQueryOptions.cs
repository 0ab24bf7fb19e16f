using Fathom.Wire.Application.Dns;

namespace Fathom.Probes.Application.Dns;

/// <summary>How a question is asked.</summary>
public sealed record DnsQueryOptions
{
    /// <summary>
    /// When each query is sent, counted from the start. Five queries, so that a path which loses a third of its
    /// packets both ways does not make a living server look dead (0.36^5 is below 1 %).
    /// </summary>
    public IReadOnlyList<TimeSpan> Schedule { get; init; } =
    [
        TimeSpan.Zero, TimeSpan.FromMilliseconds(500), TimeSpan.FromMilliseconds(1200), TimeSpan.FromMilliseconds(2200), TimeSpan.FromMilliseconds(3400),
    ];

    /// <summary>When the question is given up: a little under libc's default of 5 s for one server.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(4.5);

    /// <summary>Ask for recursion (RFC 1035 RD).</summary>
    public bool RecursionDesired { get; init; } = true;

    /// <summary>Ask the resolver not to validate (RFC 4035 §3.2.2 CD).</summary>
    public bool CheckingDisabled { get; init; }

    /// <summary>The largest UDP answer to accept: 1,232 octets pass every IPv6 link unfragmented (DNS flag day 2020).</summary>
    public ushort UdpPayloadSize { get; init; } = 1232;

    /// <summary>Ask over TCP only.</summary>
    public bool OverTcp { get; init; }

    /// <summary>Send an OPT record (RFC 6891).</summary>
    public bool UseEdns { get; init; } = true;

    /// <summary>DO: ask for DNSSEC records (RFC 3225); needs EDNS.</summary>
    public bool DnssecOk { get; init; }

    /// <summary>AD: ask whether the resolver holds the data for authentic (RFC 6840 §5.7).</summary>
    public bool AuthenticData { get; init; }

    /// <summary>EDNS options to send; needs EDNS.</summary>
    public IReadOnlyList<DnsEdnsOption> EdnsOptions { get; init; } = [];

    /// <summary>Take a truncated answer as it is, in place of asking again over TCP.</summary>
    public bool IgnoreTruncation { get; init; }
}
