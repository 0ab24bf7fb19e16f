namespace Fathom.Wire.Internet;

/// <summary>How patient an <see cref="IpReassembler"/> is, and how much it keeps for strangers.</summary>
public sealed record IpReassemblerOptions
{
    /// <summary>Time that a packet may take from its first fragment on: 60 s by RFC 8200 §4.5; RFC 1122 §3.3.2 wants 60 to 120 s for IPv4.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Octets kept for unfinished packets. The oldest is given up for a new one. Linux's limit, 4 MiB.</summary>
    public int MaximumOctets { get; init; } = 4 * 1024 * 1024;

    /// <summary>Unfinished packets at one time; the oldest is given up for a new one.</summary>
    public int MaximumDatagrams { get; init; } = 1024;

    /// <summary>Fragments of one packet. 65,535 octets over the smallest IPv4 link are 1,366 pieces of 48.</summary>
    public int MaximumFragments { get; init; } = 1400;
}
