using Fathom.Hosts;
using Fathom.Wire.Transport;

namespace Fathom.Services.Application.Dns;

/// <summary>An authoritative DNS server: zones over UDP and TCP at one address and port (RFC 1035 §4.2, RFC 7766).</summary>
public sealed class AuthoritativeServer : IAsyncDisposable
{
    private readonly DnsListener _listener;

    private AuthoritativeServer(DnsListener listener) => _listener = listener;

    /// <summary>Where it answers, with the port that was chosen.</summary>
    public IpEndpoint Local => _listener.Local;

    /// <summary>Queries answered so far.</summary>
    public long Queries => _listener.Queries;

    /// <summary>Starts to answer.</summary>
    /// <param name="host">The host.</param>
    /// <param name="local">Address and port; port 0 for one that is free.</param>
    /// <param name="zones">The zones.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    /// <param name="behavior">What it does wrong on purpose; null: nothing.</param>
    public static async ValueTask<HostResult<AuthoritativeServer>> StartAsync(INetworkHost host, IpEndpoint local, IReadOnlyList<DnsZone> zones, CancellationToken cancellation, DnsBehavior? behavior = null)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(zones);
        IDnsResponder responder = new Answering(new AuthoritativeResponder(zones));
        if (behavior is not null) responder = new TroubledResponder(host, responder, behavior, recurses: false);
        var started = await DnsListener.StartAsync(host, local, responder, cancellation);
        return started.TryGet(out var listener, out var refusal) ? new AuthoritativeServer(listener) : refusal;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _listener.DisposeAsync();

    private sealed class Answering(AuthoritativeResponder responder) : IDnsResponder
    {
        public ValueTask<byte[]?> RespondAsync(ReadOnlyMemory<byte> query, IpEndpoint from, bool overTcp, CancellationToken cancellation)
            => ValueTask.FromResult(responder.Respond(query.Span, overTcp));
    }
}
