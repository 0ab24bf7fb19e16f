using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>A prefix that a router advertises (RFC 4861 §6.2.1, AdvPrefixList).</summary>
/// <param name="Prefix">The prefix; of 64 bits where hosts are to make addresses of it (RFC 4862 §5.5.3 d).</param>
public sealed record AdvertisedPrefix(IpPrefix Prefix)
{
    /// <summary>Addresses of the prefix are on the link: AdvOnLinkFlag.</summary>
    public bool OnLink { get; init; } = true;

    /// <summary>Hosts may make addresses of it: AdvAutonomousFlag.</summary>
    public bool Autonomous { get; init; } = true;

    /// <summary>How long it is good from each advertisement on; null: for ever. RFC 4861 §6.2.1: 30 days.</summary>
    public TimeSpan? ValidLifetime { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How long addresses made of it are preferred; null: for ever; no longer than valid. RFC 4861 §6.2.1: 7 days.</summary>
    public TimeSpan? PreferredLifetime { get; init; } = TimeSpan.FromDays(7);
}
