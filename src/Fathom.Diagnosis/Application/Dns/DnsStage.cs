using Fathom.Diagnosis.Targets;
using Fathom.Hosts;
using Fathom.Hosts.Application;
using Fathom.Probes;
using Fathom.Probes.Application.Dns;
using Fathom.Wire.Application.Dns;
using Fathom.Wire.Internet;

namespace Fathom.Diagnosis.Application.Dns;

/// <summary>Turns the target's name into addresses, and keeps on listening to the other resolvers.</summary>
internal sealed class DnsStage
{
    // RFC 6761 §6.4: no name under "invalid" exists.
    private const int RandomLabelLength = 20;

    private static readonly DnsQueryOptions Once = new() { Schedule = [TimeSpan.Zero], Timeout = TimeSpan.FromSeconds(1.5) };

    private readonly ProbeContext _context;
    private readonly string _name;
    private readonly ResolverConfiguration _configuration;
    private readonly NameResolution? _resolution;
    private readonly int _types;
    private readonly Task<DnsExchangeOutcome>? _impossible;
    private readonly IReadOnlyList<IpAddress> _hosts;

    private DnsStage(ProbeContext context, string name, ResolverConfiguration configuration, CheckOptions options, CancellationToken cancellation)
    {
        _context = context;
        _name = name;
        _configuration = configuration;
        _hosts = [.. configuration.FindInHostsFile(name).Where(a => options.Version is null || a.Version == options.Version)];
        if (IsLocal(name) && _hosts.Count == 0) _hosts = options.Version == IpVersion.V6 ? [IpAddress.LoopbackV6] : [IpAddress.LoopbackV4];
        if (IsLocal(name) || configuration.Servers.Count == 0) return;
        IReadOnlyList<DnsType> types = options.Version switch
        {
            IpVersion.V4 => [DnsType.A],
            IpVersion.V6 => [DnsType.Aaaa],
            _ => [DnsType.A, DnsType.Aaaa],
        };
        _types = types.Count;
        _resolution = NameResolution.Start(context, configuration, name, types, new DnsQueryOptions(), cancellation);
        _impossible = AskImpossibleAsync(cancellation);
    }

    /// <summary>Starts to resolve the target's host.</summary>
    public static async ValueTask<HostResult<DnsStage>> StartAsync(ProbeContext context, CheckTarget target, CheckOptions options, CancellationToken cancellation)
    {
        var answer = await context.Host.GetResolverConfigurationAsync(cancellation);
        if (!answer.TryGet(out var configuration, out var refusal)) return refusal;
        return new DnsStage(context, target.Host, target.IsAbsolute ? configuration with { Search = [] } : configuration, options, cancellation);
    }

    /// <summary>The addresses to go on with, as soon as they are known; empty if there are none.</summary>
    public async Task<IReadOnlyList<IpAddress>> GetAddressesAsync()
    {
        if (_hosts.Count > 0 || _resolution is null) return _hosts;
        return (await _resolution.First)?.Addresses ?? [];
    }

    /// <summary>True where the hosts file decided, so that DNS is not waited for when all is well.</summary>
    public bool DecidedByHostsFile => _hosts.Count > 0;

    /// <summary>A server that answered had to be asked more than once: a query or its answer was lost.</summary>
    public async Task<bool> WasAskedAgainAsync()
        => _resolution is not null && await _resolution.First is { } first && first.Outcomes.Any(static o => o is DnsExchangeOutcome.Answered { Queries: > 1 });

    /// <summary>The server that answered for one version of IP left the question for the other unanswered: lost, or slow.</summary>
    public async Task<bool> IsHalfAsync() => _resolution is not null && await _resolution.First is { } first && first.Outcomes.Count < _types;

    /// <summary>Everything, once all servers have answered or were given up.</summary>
    public async Task<NameObservation> CompleteAsync(CancellationToken cancellation)
    {
        var answers = _resolution is null ? [] : await _resolution.All;
        var name = new NameObservation(_name, _configuration, _hosts, answers);
        if (_impossible is not null) name = name with { Impossible = await _impossible };
        if (_configuration.Servers.Count == 0) name = name with { ConfigurationEvidence = [_context.Evidence.AddKernel($"resolvers, by {_configuration.Source}: none")] };
        if (name.Addresses.Count > 0) return name;
        if (name.IsSilentOnThisName) return name with { Delegation = await new DelegationExperiment(_context, answers[0].Server, cancellation).RunAsync(answers[0].Name) };
        if (name.FindCode(DnsResponseCode.ServFail) is not { } failed)
            return name.UnfoundedDenial is { } denied ? name with { Delegation = await new DelegationExperiment(_context, denied.Server, cancellation).RunAsync(denied.Name) } : name;

        // SERVFAIL says nothing; the same question without validation tells a bogus signature from a dead zone (RFC 4035 §3.2.2).
        var question = new DnsQuestion(failed.Server.Name, failed.Server.Outcomes[0].Question.Type);
        name = name with
        {
            CheckingDisabled = await DnsExchange.RunAsync(_context, failed.Server.Server, question, new DnsQueryOptions { CheckingDisabled = true }, cancellation),
        };
        return DnsAnswerCauses.IsBogus(name, failed.Message) ? name
            : name with { Delegation = await new DelegationExperiment(_context, failed.Server.Server, cancellation).RunAsync(failed.Server.Name) };
    }

    // RFC 6761 §6.3: "localhost" and what is below it is this host, whatever DNS may say.
    private static bool IsLocal(string name)
        => name.Equals("localhost", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);

    private async Task<DnsExchangeOutcome> AskImpossibleAsync(CancellationToken cancellation)
    {
        var label = string.Create(RandomLabelLength, _context.Host.Random, static (span, random) =>
        {
            for (var i = 0; i < span.Length; i++) span[i] = (char)('a' + random.NextUInt32(26));
        });
        return DnsName.TryParse(label + ".invalid", out var name, out var reason)
            ? await DnsExchange.RunAsync(_context, _configuration.Servers[0], new DnsQuestion(name, DnsType.A), Once, cancellation)
            : throw new InvalidOperationException(reason);
    }
}
