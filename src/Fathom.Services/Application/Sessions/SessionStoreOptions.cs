namespace Fathom.Services.Application.Sessions;

/// <summary>How long sessions live, and how many there are.</summary>
public sealed record SessionStoreOptions
{
    /// <summary>A session that was not used for so long is over (OWASP: 15 to 30 minutes for what matters little, 2 to 5 for what matters).</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>A session is over after so long, used or not: a stolen id does not work forever.</summary>
    public TimeSpan AbsoluteTimeout { get; init; } = TimeSpan.FromHours(12);

    /// <summary>More sessions than this do not fit; the one that was not used for the longest time goes. A visitor costs some 200 octets.</summary>
    public int MaximumSessions { get; init; } = 10_000;
}
