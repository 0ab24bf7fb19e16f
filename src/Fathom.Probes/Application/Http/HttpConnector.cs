using System.Text;
using Fathom.Hosts;
using Fathom.Hosts.Application;
using Fathom.Hosts.Transport;
using Fathom.Probes.Application.Dns;
using Fathom.Probes.Application.Tls;
using Fathom.Probes.Internet;
using Fathom.Probes.Transport;
using Fathom.Wire.Application.Dns;
using Fathom.Wire.Application.Http;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Probes.Application.Http;

/// <summary>Opens one connection for a target: name, TCP, proxy, TLS, each timed.</summary>
internal sealed class HttpConnector(ProbeContext context, HttpAgentOptions options, HttpTarget target, HttpProxy? proxy)
{
    private readonly List<ConnectOutcome> _attempts = [];

    /// <summary>What was found out, also after a failure.</summary>
    public HttpConnectionReport Report { get; private set; } = new() { Proxy = proxy };

    public HttpPhases Phases { get; private set; } = new();

    public HttpFailure? Failure { get; private set; }

    /// <summary>The connection, or null with <see cref="Failure"/> set.</summary>
    /// <param name="cancellation">Ends it with an <see cref="OperationCanceledException"/>.</param>
    public async Task<HttpConnection?> OpenAsync(CancellationToken cancellation)
    {
        using var deadline = new Deadline(context.Host.Time, options.ConnectTimeout, cancellation);
        IStreamConnection? transport = null;
        TlsSession? session = null;
        try
        {
            var first = proxy?.Target ?? target;
            var start = context.Host.Time.GetTimestamp();
            var addresses = await FindAddressesAsync(first, deadline.Token);
            if (first.Address is null) Phases = Phases with { Name = context.Since(start) };
            if (Failure is not null) return null;
            transport = await ConnectAsync(addresses, first.Port, deadline.Token);
            Report = Report with { Attempts = _attempts };
            if (transport is null) return null;
            Report = Report with { Local = transport.Local, Remote = transport.Remote };
            if (proxy is not null && target.IsSecure) await OpenTunnelAsync(transport, deadline.Token);
            if (Failure is null && target.IsSecure) session = await SecureAsync(transport, deadline.Token);
            if (Failure is not null) return null;
            var connection = new HttpConnection(transport, session);
            (transport, session) = (null, null);
            return connection;
        }
        catch (OperationCanceledException) when (deadline.Passed)
        {
            Report = Report with { Attempts = _attempts };
            Failure = new HttpFailure(transport is null ? HttpFailureKind.ConnectTimedOut : HttpFailureKind.TimedOut, FormattableString.Invariant($"no connection within {options.ConnectTimeout.TotalSeconds:0.###} s"));
            return null;
        }
        finally
        {
            if (session is not null) await session.DisposeAsync();
            if (transport is not null) await transport.DisposeAsync();
        }
    }

    private async Task<IReadOnlyList<IpAddress>> FindAddressesAsync(HttpTarget first, CancellationToken cancellation)
    {
        var (addresses, source) = await LookUpAsync(first, cancellation);
        if (Failure is not null) return [];
        var wanted = addresses.Where(a => options.Version is not { } version || a.Version == version).ToList();
        if (wanted.Count == 0)
        {
            var what = options.Version is { } version ? $"no IPv{(int)version} address" : "no address";
            return Fail(HttpFailureKind.NameNotFound, $"{first.Host} has {what}");
        }

        Report = Report with { Addresses = wanted, AddressSource = source };
        return wanted;
    }

    private async Task<(IReadOnlyList<IpAddress> Addresses, string Source)> LookUpAsync(HttpTarget first, CancellationToken cancellation)
    {
        if (options.Addresses.TryGetValue(first.HostAndPort, out var given)) return (given, "the command line");
        if (first.Address is { } literal) return await ScopeAsync(literal, first.ZoneName, cancellation);
        var asked = await context.Host.GetResolverConfigurationAsync(cancellation);
        if (!asked.TryGet(out var configuration, out var refusal)) return (Fail(HttpFailureKind.CannotTell, refusal.Reason), "");
        var inFile = configuration.FindInHostsFile(first.Host);
        if (inFile.Count > 0) return (NameResolution.Interleave(inFile, preferV6: true), configuration.HostsSource);

        // RFC 6761 §6.3: localhost and what is below it is this host; it is not asked for.
        var bare = first.Host.TrimEnd('.');
        if (bare == "localhost" || bare.EndsWith(".localhost", StringComparison.Ordinal)) return ([IpAddress.LoopbackV6, IpAddress.LoopbackV4], "RFC 6761");
        if (configuration.Servers.Count == 0) return (Fail(HttpFailureKind.CannotTell, $"no resolver is configured in {configuration.Source}"), "");
        return await AskAsync(bare, configuration, cancellation);
    }

    private async Task<(IReadOnlyList<IpAddress> Addresses, string Source)> ScopeAsync(IpAddress address, string? zone, CancellationToken cancellation)
    {
        var answer = await AddressZones.ResolveAsync(context.Host, address, zone, cancellation);
        if (!answer.TryGet(out var scoped, out var refusal)) return (Fail(HttpFailureKind.CannotTell, refusal.Reason), "");
        return (scoped.Problem is { } problem ? Fail(HttpFailureKind.BadRequest, problem) : [scoped.Address], "");
    }

    private async Task<(IReadOnlyList<IpAddress> Addresses, string Source)> AskAsync(string name, ResolverConfiguration configuration, CancellationToken cancellation)
    {
        DnsType[] types = options.Version switch { IpVersion.V4 => [DnsType.A], IpVersion.V6 => [DnsType.Aaaa], _ => [DnsType.Aaaa, DnsType.A] };
        using var rest = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var resolution = NameResolution.Start(context, configuration, name, types, new DnsQueryOptions(), rest.Token);
        var answers = await resolution.First;
        rest.Cancel();
        try
        {
            await resolution.All;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // The slower resolvers are not waited for.
        }

        if (answers is null) return (Fail(HttpFailureKind.NameUnanswered, $"no resolver answered for {name}: {string.Join(", ", configuration.Servers)}"), "");
        if (answers.Addresses.Count > 0) return (NameResolution.Interleave(answers.Addresses, preferV6: true), answers.Server.ToString());
        var why = answers.SaysNonExistent ? "does not exist (NXDOMAIN)" : answers.BlockedAddresses.Count > 0 ? "is blocked (0.0.0.0)" : "has no address";
        return (Fail(HttpFailureKind.NameNotFound, $"{name} {why}, says {answers.Server}"), "");
    }

    private async Task<IStreamConnection?> ConnectAsync(IReadOnlyList<IpAddress> addresses, ushort port, CancellationToken cancellation)
    {
        var winner = await ConnectRace.RunAsync(context, addresses, port, new ConnectOptions(options.ConnectTimeout), _attempts, cancellation);
        if (winner is null) Failure = Explain();
        else Phases = Phases with { Tcp = _attempts[^1].Duration };
        return winner;
    }

    private HttpFailure Explain()
    {
        // Only a host that refuses to try cannot tell; otherwise the first failure of the network is the one to name.
        var telling = _attempts.Find(static a => a.Result is not ConnectResult.Refused) ?? _attempts[0];
        var more = _attempts.Count > 1 ? FormattableString.Invariant($" ({_attempts.Count} addresses were tried)") : "";
        return telling.Result switch
        {
            ConnectResult.Reset => new HttpFailure(HttpFailureKind.Refused, $"connection refused by {telling.Remote} (RST){more}"),
            ConnectResult.Unreachable u => new HttpFailure(HttpFailureKind.Unreachable, $"{telling.Remote}: {u.Error.Describe()}{more}"),
            ConnectResult.Refused r => new HttpFailure(HttpFailureKind.CannotTell, r.Refusal.Reason),
            _ => new HttpFailure(HttpFailureKind.ConnectTimedOut, FormattableString.Invariant($"{telling.Remote} did not answer within {options.ConnectTimeout.TotalSeconds:0.###} s{more}")),
        };
    }

    private async Task OpenTunnelAsync(IStreamConnection transport, CancellationToken cancellation)
    {
        var fields = HttpFields.Empty.With("Host", target.HostAndPort);
        if (options.UserAgent.Length > 0) fields = fields.With("User-Agent", options.UserAgent);
        if (proxy!.Target.UserInfo is { } user) fields = fields.With("Proxy-Authorization", BasicCredentials(user));
        var head = new HttpRequestHead("CONNECT", target.HostAndPort, fields);
        var conversation = new HttpConversation(context.Host, new TcpByteStream(transport), "CONNECT", options);
        var start = context.Host.Time.GetTimestamp();
        await conversation.RunAsync(head.ToBytes(), default, false, cancellation);
        Phases = Phases with { Proxy = context.Since(start) };
        if (conversation.Failure is { } failure) Failure = new HttpFailure(HttpFailureKind.ProxyRefused, $"the proxy {proxy.Target.HostAndPort}: {failure.Detail}");
        else if (conversation.Answer!.Head.Status is < 200 or >= 300) Failure = new HttpFailure(HttpFailureKind.ProxyRefused, $"the proxy {proxy.Target.HostAndPort} opens no tunnel to {target.HostAndPort}: {conversation.Answer.Head}");
    }

    private async Task<TlsSession?> SecureAsync(IStreamConnection transport, CancellationToken cancellation)
    {
        var name = target.Address is { } address ? address.WithZone(0).ToString() : target.Host.TrimEnd('.');
        var outcome = await TlsProbe.RunAsync(context.Host, transport, new TlsProbeOptions(name, options.ConnectTimeout), cancellation);
        Phases = Phases with { Tls = outcome.Duration };
        Report = Report with { Tls = outcome };
        var session = (outcome as TlsOutcome.Completed)?.Session;
        if (session is null)
        {
            Failure = new HttpFailure(outcome is TlsOutcome.TimedOut ? HttpFailureKind.TimedOut : HttpFailureKind.TlsFailed, HttpTlsWords.Describe(outcome));
            return null;
        }

        if (await JudgeAsync(outcome, name, cancellation) is { } refused)
        {
            Failure = refused;
            await session.CloseAsync(cancellation);
            await session.DisposeAsync();
            return null;
        }

        return session;
    }

    private async Task<HttpFailure?> JudgeAsync(TlsOutcome outcome, string name, CancellationToken cancellation)
    {
        var roots = options.TrustAnchors;
        if (roots is null)
        {
            var asked = await context.Host.GetTrustAnchorsAsync(cancellation);
            if (!asked.TryGet(out roots, out var refusal))
            {
                if (!options.Insecure) return new HttpFailure(HttpFailureKind.CannotTell, $"the certificate cannot be judged: {refusal.Reason}");
                roots = new TrustAnchors([], "none");
            }
        }

        var verdict = CertificateValidator.Validate(outcome.PeerChain, roots, name, context.Host.Time.GetUtcNow());
        Report = Report with { Certificates = verdict };
        if (verdict.IsTrusted || options.Insecure) return null;
        return new HttpFailure(HttpFailureKind.CertificateRefused, string.Join(" ", verdict.Problems.Select(static p => p.Detail)));
    }

    private IReadOnlyList<IpAddress> Fail(HttpFailureKind kind, string detail)
    {
        Failure = new HttpFailure(kind, detail);
        return [];
    }

    /// <summary>RFC 7617 §2: user and password, in base64. It hides nothing.</summary>
    internal static string BasicCredentials(string userAndPassword) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(userAndPassword));
}
