namespace Fathom.Probes.Internet.Sweep;

/// <summary>How the addresses of a prefix are asked.</summary>
public sealed record SweepOptions
{
    /// <summary>Addresses at the most: 2^20, a /12. Each costs some 20 octets of memory while the sweep runs.</summary>
    public const int MaximumAddresses = 1 << 20;

    /// <summary>How often a silent address is asked again. Rate limits and full neighbor queues swallow answers of living hosts.</summary>
    public int Retries { get; init; } = 1;

    /// <summary>How long to wait for answers after the last request of a round, at the most.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Requests a second at the most; null for as fast as the host takes them.</summary>
    public int? Rate { get; init; }
}
