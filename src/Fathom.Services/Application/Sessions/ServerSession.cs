namespace Fathom.Services.Application.Sessions;

/// <summary>What a server keeps of one visitor. The visitor holds the id and nothing else.</summary>
/// <param name="Id">The id, as it stands in the cookie: whoever has it is the visitor.</param>
/// <param name="CreatedAt">When the session began; a renewed id does not make it younger.</param>
public sealed record ServerSession(string Id, DateTimeOffset CreatedAt)
{
    /// <summary>When it was last used.</summary>
    public DateTimeOffset LastUsedAt { get; init; }

    /// <summary>Who logged in, or null.</summary>
    public string? User { get; init; }
}
