using System.Globalization;
using System.Text;
using Fathom.Hosts;
using Fathom.Hosts.Transport;
using Fathom.Wire.Application.Cookies;
using Fathom.Wire.Application.Http;

namespace Fathom.Services.Application.Sessions;

/// <summary>
/// A small site with a login, to see sessions work and fail: "/" says who the visitor is, POST /login/NAME logs in (without a password: the subject is what comes
/// after it), POST /logout ends the session. One request a connection.
/// </summary>
/// <param name="host">Gives time and randomness.</param>
/// <param name="options">How careful it is.</param>
public sealed class SessionSite(INetworkHost host, SessionSiteOptions options)
{
    private const string CookieName = "session";

    // The requests here have no body, and a head of some hundred octets.
    private const int MaximumHead = 8 * 1024;

    /// <summary>The sessions that it keeps.</summary>
    public SessionStore Sessions { get; } = new(host);

    /// <summary>Serves one connection after another until it is cancelled.</summary>
    /// <param name="listener">Where; it stays the caller's.</param>
    /// <param name="cancellation">Ends the service, without an exception.</param>
    public async Task ServeAsync(IStreamListener listener, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(listener);
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                await using var connection = await listener.AcceptAsync(cancellation);
                using var limit = new CancellationTokenSource(options.Timeout, host.Time);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
                await AnswerAsync(connection, either.Token);
            }
            catch (OperationCanceledException)
            {
                // A visitor that is too slow, or the end of the service: the loop's condition tells which.
            }
        }
    }

    /// <summary>The answer to one request.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path.</param>
    /// <param name="cookies">The value of the Cookie field, or null.</param>
    public SessionAnswer Answer(string method, string path, string? cookies)
    {
        ArgumentNullException.ThrowIfNull(path);
        var id = CookieField.Find(cookies, CookieName);
        if (method == "POST" && path.StartsWith("/login/", StringComparison.Ordinal)) return LogIn(id, path["/login/".Length..]);
        if (method == "POST" && path == "/logout")
        {
            Sessions.End(id);
            return new SessionAnswer("bye\n", [$"{CookieName}=; Path=/; Max-Age=0"]);
        }

        var session = Sessions.Find(id);
        if (session is not null) return new SessionAnswer(Greet(session.User), []);

        // An id that is not known is not taken over, whoever made it up: the visitor gets a new one.
        session = Sessions.Begin();
        return new SessionAnswer(Greet(null), [ToSetCookie(session)]);
    }

    private SessionAnswer LogIn(string? id, string user)
    {
        var session = options.RenewsAtLogin || Sessions.Find(id) is null ? Sessions.LogIn(id, user) : Sessions.LogInWithoutRenewal(id!, user);
        return new SessionAnswer(Greet(user), [ToSetCookie(session)]);
    }

    private static string Greet(string? user) => user is null ? "you are nobody\n" : $"you are {user}\n";

    private string ToSetCookie(ServerSession session)
    {
        var field = SessionStore.ToSetCookie(session, isSecure: false);
        return options.HttpOnly ? field : field.Replace("; HttpOnly", string.Empty, StringComparison.Ordinal);
    }

    private async Task AnswerAsync(IStreamConnection connection, CancellationToken cancellation)
    {
        var reader = new HttpRequestReader(new HttpLimits());
        var buffer = new byte[MaximumHead];
        var received = 0;
        while (reader.State is HttpReadState.Head or HttpReadState.Body)
        {
            var read = await connection.ReadAsync(buffer, cancellation);
            if (read.Status != StreamStatus.Ok || (received += read.Count) > MaximumHead) return;
            reader.Read(buffer.AsSpan(0, read.Count), Ignoring.Instance);
        }

        var answer = reader.Head is { } head && reader.Error is null
            ? Answer(head.Method, head.Target, head.Fields.Combined("Cookie"))
            : new SessionAnswer("bad request\n", []) { Status = 400 };
        await connection.WriteAsync(ToBytes(answer), cancellation);
        await connection.ShutdownAsync(cancellation);
    }

    private static byte[] ToBytes(SessionAnswer answer)
    {
        var fields = new HttpFields([new HttpField("Content-Type", "text/plain"), new HttpField("Content-Length", answer.Body.Length.ToString(CultureInfo.InvariantCulture)), new HttpField("Connection", "close"), .. answer.SetCookies.Select(static c => new HttpField("Set-Cookie", c))]);
        return [.. new HttpResponseHead(1, 1, answer.Status, answer.Status == 200 ? "OK" : "Bad Request", fields).ToBytes(), .. Encoding.ASCII.GetBytes(answer.Body)];
    }

    private sealed class Ignoring : IHttpRequestHandler
    {
        public static readonly Ignoring Instance = new();

        public void OnHead(HttpRequestHead head)
        {
            // The reader keeps it.
        }

        public void OnBody(ReadOnlySpan<byte> bytes)
        {
            // No route here takes a body.
        }

        public void OnTrailers(HttpFields trailers)
        {
            // Nor trailers.
        }

        public void OnComplete()
        {
            // The reader's state says so.
        }
    }
}
