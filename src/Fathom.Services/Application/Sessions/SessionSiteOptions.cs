namespace Fathom.Services.Application.Sessions;

/// <summary>How careful a <see cref="SessionSite"/> is. What is left out is there to be exploited by a learner.</summary>
public sealed record SessionSiteOptions
{
    /// <summary>The cookie says HttpOnly: scripts cannot read it.</summary>
    public bool HttpOnly { get; init; } = true;

    /// <summary>A login gets a new id: one that was planted before stays without rights.</summary>
    public bool RenewsAtLogin { get; init; } = true;

    /// <summary>How long one request may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);
}
