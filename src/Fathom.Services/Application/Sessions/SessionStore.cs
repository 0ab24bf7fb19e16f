using System.Buffers.Text;
using System.Security.Cryptography;
using Fathom.Hosts;

namespace Fathom.Services.Application.Sessions;

/// <summary>
/// Sessions on the server's side: a random id goes to the visitor in a cookie, everything else stays here (RFC 6265 §8.4). Ids are made
/// here only: one that a visitor brings and that is not known is never taken over (session fixation). Safe for concurrent use.
/// </summary>
/// <param name="host">Gives time and randomness.</param>
/// <param name="options">Lifetimes and limits, or null.</param>
public sealed class SessionStore(INetworkHost host, SessionStoreOptions? options = null)
{
    /// <summary>Octets of an id: 128 bits. Who guesses a million ids a second against a million sessions needs about 10^19 years for one hit.</summary>
    public const int IdOctets = 16;

    private readonly SessionStoreOptions _options = options ?? new SessionStoreOptions();
    private readonly Lock _gate = new();

    // By the hash of the id. How long a search in a table takes can tell how much of a key was right; of a hash, that tells an attacker nothing
    // that he could use to come closer to an id. It also keeps ids out of a memory dump's table of keys.
    private readonly Dictionary<string, ServerSession> _sessions = new(StringComparer.Ordinal);

    /// <summary>How many sessions there are, expired ones that nobody asked for included.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _sessions.Count;
        }
    }

    /// <summary>Begins a session with a new id.</summary>
    public ServerSession Begin()
    {
        var now = host.Time.GetUtcNow();
        var session = new ServerSession(NewId(), now) { LastUsedAt = now };
        lock (_gate)
        {
            MakeRoom(now);
            _sessions[KeyOf(session.Id)] = session;
        }

        return session;
    }

    /// <summary>Finds the session of an id that a visitor sent, and notes its use.</summary>
    /// <param name="id">The cookie's value; anything.</param>
    /// <returns>Null when there is none, or it is over.</returns>
    public ServerSession? Find(string? id)
    {
        if (!IsWellFormed(id)) return null;
        var now = host.Time.GetUtcNow();
        var key = KeyOf(id!);
        lock (_gate)
        {
            if (!_sessions.TryGetValue(key, out var session)) return null;
            if (IsOver(session, now))
            {
                _sessions.Remove(key);
                return null;
            }

            return _sessions[key] = session with { LastUsedAt = now };
        }
    }

    /// <summary>Logs a user in: the session goes on under a new id, and the old one is worth nothing. An id that somebody planted before the login stays without rights.</summary>
    /// <param name="id">The id until now, or null.</param>
    /// <param name="user">The user.</param>
    /// <returns>The session with its new id, to be sent in a cookie.</returns>
    public ServerSession LogIn(string? id, string user)
    {
        ArgumentNullException.ThrowIfNull(user);
        var former = Find(id);
        if (former is not null) End(former.Id);
        var session = Begin();
        session = session with { User = user, CreatedAt = former?.CreatedAt ?? session.CreatedAt };
        lock (_gate) _sessions[KeyOf(session.Id)] = session;
        return session;
    }

    /// <summary>Logs a user in under the id that is there: the mistake that makes session fixation work. For showing it.</summary>
    internal ServerSession LogInWithoutRenewal(string id, string user)
    {
        if (Find(id) is not { } session) return LogIn(null, user);
        session = session with { User = user };
        lock (_gate) _sessions[KeyOf(id)] = session;
        return session;
    }

    /// <summary>Ends a session: the id is worth nothing from now on, wherever a copy of it is.</summary>
    /// <param name="id">The id.</param>
    /// <returns>True when there was one.</returns>
    public bool End(string? id)
    {
        if (!IsWellFormed(id)) return false;
        lock (_gate) return _sessions.Remove(KeyOf(id!));
    }

    /// <summary>The Set-Cookie field that gives the id to a visitor: hidden from scripts, not sent with other sites' requests, for this host alone.</summary>
    /// <param name="session">The session.</param>
    /// <param name="isSecure">The visitor came over HTTPS: the name gets the prefix __Host-, which browsers hold to Secure, this host and the path "/".</param>
    public static string ToSetCookie(ServerSession session, bool isSecure)
    {
        ArgumentNullException.ThrowIfNull(session);
        return isSecure ? $"__Host-session={session.Id}; Path=/; Secure; HttpOnly; SameSite=Lax" : $"session={session.Id}; Path=/; HttpOnly; SameSite=Lax";
    }

    private bool IsOver(ServerSession session, DateTimeOffset now) => now - session.LastUsedAt >= _options.IdleTimeout || now - session.CreatedAt >= _options.AbsoluteTimeout;

    private void MakeRoom(DateTimeOffset now)
    {
        if (_sessions.Count < _options.MaximumSessions) return;
        foreach (var key in _sessions.Where(s => IsOver(s.Value, now)).Select(static s => s.Key).ToArray()) _sessions.Remove(key);
        if (_sessions.Count >= _options.MaximumSessions) _sessions.Remove(_sessions.MinBy(static s => s.Value.LastUsedAt).Key);
    }

    private string NewId()
    {
        Span<byte> octets = stackalloc byte[IdOctets];
        host.Random.Fill(octets);
        return Base64Url.EncodeToString(octets);
    }

    // 16 octets are 22 letters of base64url; what is longer or other was never given out, and is not worth a hash.
    private static bool IsWellFormed(string? id) => id is { Length: 22 } && Base64Url.IsValid(id);

    private static string KeyOf(string id)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(id), hash);
        return Convert.ToHexStringLower(hash);
    }
}
