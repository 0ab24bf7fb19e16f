namespace Fathom.Wire.Application.Cookies;

/// <summary>A cookie in a jar (RFC 6265bis §5.7). Name and value are the peer's: escape them before showing.</summary>
/// <param name="Name">The name; may be empty.</param>
/// <param name="Value">The value.</param>
/// <param name="Domain">The host or domain, canonical.</param>
/// <param name="Path">The path.</param>
public sealed record StoredCookie(string Name, string Value, string Domain, string Path)
{
    /// <summary>When it was first set; a replacement keeps it.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last sent or set.</summary>
    public DateTimeOffset LastAccessAt { get; init; }

    /// <summary>When it ends; null at the end of the session.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>For the domain itself only, not for hosts below it.</summary>
    public bool HostOnly { get; init; }

    /// <summary>Sent over secure channels only.</summary>
    public bool Secure { get; init; }

    /// <summary>Hidden from scripts.</summary>
    public bool HttpOnly { get; init; }

    /// <summary>With which other sites' requests it goes.</summary>
    public SameSite SameSite { get; init; }

    /// <summary>Over at this time: "has an expiry date in the past" (§5.7).</summary>
    /// <param name="now">The time.</param>
    public bool IsExpired(DateTimeOffset now) => ExpiresAt is { } end && end <= now;

    /// <summary>The same cookie by §5.7 step 23: name, domain, host-only flag and path.</summary>
    internal bool IsSameAs(StoredCookie other) => Name == other.Name && Domain == other.Domain && HostOnly == other.HostOnly && Path == other.Path;

    /// <summary>Name and value as one safe line.</summary>
    public override string ToString() => TextSanitizer.Escape(Name.Length == 0 ? Value : $"{Name}={Value}");
}
