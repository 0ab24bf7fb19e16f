using Fathom.Hosts;
using Fathom.Hosts.Internet;
using Fathom.Probes;
using Fathom.Probes.Internet;
using Fathom.Wire.Internet;

namespace Fathom.Diagnosis.Internet;

/// <summary>Echo requests to one address, beside whatever else is under way; the socket stays open for what the path asks later.</summary>
internal sealed class ReachRun : IAsyncDisposable
{
    // The size that ping sends by default, so that filters treat both alike.
    private const int DataLength = 56;

    // A first answer within this time is the rule on the whole Internet; later ones still count.
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(2);

    private readonly ProbeContext _context;
    private readonly List<EchoOutcome> _outcomes = [];
    private readonly Lock _gate = new();

    private ReachRun(ProbeContext context, IpAddress address, EchoSession? session, HostRefusal? refusal)
    {
        _context = context;
        Address = address;
        Session = session;
        Refusal = refusal;
    }

    public IpAddress Address { get; }

    /// <summary>The open session, or null where the host may not send echo requests.</summary>
    public EchoSession? Session { get; }

    public HostRefusal? Refusal { get; }

    /// <summary>The first echo, under way since the start.</summary>
    public Task<EchoOutcome?> First { get; private set; } = Task.FromResult<EchoOutcome?>(null);

    /// <summary>Opens the socket and sends the first echo.</summary>
    public static async Task<ReachRun> StartAsync(ProbeContext context, IpAddress address, CancellationToken cancellation)
    {
        context.Packets.Watch(address);
        var opened = await EchoSession.OpenAsync(context.Host, address, cancellation);
        var run = new ReachRun(context, address, opened.Value, opened.Refusal);
        if (run.Session is not null) run.First = run.ProbeAsync(Wait, cancellation);
        return run;
    }

    /// <summary>Sends one more echo.</summary>
    public async Task<EchoOutcome?> ProbeAsync(TimeSpan wait, CancellationToken cancellation)
    {
        if (Session is null) return null;
        var outcome = await Session.ProbeAsync(DataLength, new PacketOptions(), wait, cancellation);
        lock (_gate) _outcomes.Add(outcome);
        return outcome;
    }

    /// <summary>
    /// Finds out whether the address answers at all: the first echo, and two more if it did not, for a first one may be lost.
    /// </summary>
    public async Task<bool> IsAliveAsync(CancellationToken cancellation)
    {
        if (Session is null) return false;
        if (await First is EchoOutcome.Answered) return true;
        var more = await Task.WhenAll(ProbeAsync(TimeSpan.FromSeconds(1), cancellation), ProbeAsync(TimeSpan.FromSeconds(1), cancellation));
        return more.Any(static o => o is EchoOutcome.Answered);
    }

    /// <summary>What was seen so far, with its evidence.</summary>
    public ReachObservation Observe()
    {
        EchoOutcome[] outcomes;
        lock (_gate) outcomes = [.. _outcomes.OrderBy(static o => o.Sequence)];
        var evidence = new List<string>();
        if (Refusal is not null) evidence.Add(_context.Evidence.AddSocket($"echo to {Address}: {Refusal.Reason}"));
        if (outcomes.Length > 0) evidence.Add(_context.Evidence.AddSocket($"echo to {Address}: {Describe(outcomes)}"));
        if (Session is not null) evidence.AddRange(_context.Packets.FindIcmp(Address));
        return new ReachObservation(Address, Refusal, outcomes, evidence);
    }

    public async ValueTask DisposeAsync()
    {
        if (Session is not null) await Session.DisposeAsync();
    }

    private static string Describe(IReadOnlyList<EchoOutcome> outcomes) => string.Join(", ", outcomes.Take(5).Select(static o => o switch
    {
        EchoOutcome.Answered a => $"reply in {Text.Ms(a.RoundTrip)}",
        EchoOutcome.Failed f => f.Error.Describe(),
        _ => "no reply",
    }));
}
