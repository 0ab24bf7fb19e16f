using Fathom.Hosts;
using Fathom.Probes;
using Fathom.Probes.Application.Dns.Iterative;
using Fathom.Wire.Application.Dns;

namespace Fathom.Services.Application.Dns;

/// <summary>
/// The resolutions of a recursive server. Equal questions at one time are one resolution: it saves work, and each question less is a chance less for a forged answer
/// (RFC 5452 §5, the birthday attack). Safe for concurrent use.
/// </summary>
internal sealed class QuestionsUnderWay : IDisposable
{
    private readonly INetworkHost _host;
    private readonly RecursiveServerOptions _options;
    private readonly IterativeResolver _resolver;
    private readonly RememberedFailures _failures;
    private readonly Lock _gate = new();
    private readonly Dictionary<DnsQuestion, Task<QuestionOutcome>> _running = [];
    private readonly CancellationTokenSource _end = new();
    private long _begun;
    private long _queries;
    private long _failed;

    public QuestionsUnderWay(INetworkHost host, RecursiveServerOptions options)
    {
        _host = host;
        _options = options;
        _failures = new RememberedFailures(host.Time);
        Cache = new DnsCache(host.Time, options.Cache);
        _resolver = new IterativeResolver(NewContext(), options.Hints, Cache, options.Resolution);
    }

    public DnsCache Cache { get; }

    public long Begun => Interlocked.Read(ref _begun);

    public long QueriesSent => Interlocked.Read(ref _queries);

    public long Failures => Interlocked.Read(ref _failed);

    public int Count
    {
        get
        {
            lock (_gate) return _running.Count;
        }
    }

    public async ValueTask<QuestionOutcome> AskAsync(DnsQuestion question)
    {
        TaskCompletionSource<QuestionOutcome>? own = null;
        Task<QuestionOutcome>? running;
        lock (_gate)
        {
            if (_end.IsCancellationRequested) return default;
            if (_failures.Find(question) is { } before) return new QuestionOutcome(before, IsRemembered: true);
            if (!_running.TryGetValue(question, out running))
            {
                if (_running.Count >= _options.MaximumOutstanding) return new QuestionOutcome(null, IsRefused: true);
                own = new TaskCompletionSource<QuestionOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
                running = own.Task;
                _running.Add(question, running);
            }
        }

        if (own is null) return await running;
        var outcome = default(QuestionOutcome);
        try
        {
            outcome = await ResolveAsync(question);
            return outcome;
        }
        finally
        {
            lock (_gate)
            {
                _running.Remove(question);
                if (outcome.Outcome is IterativeOutcome.Failed failed) _failures.Add(question, failed);
                else _failures.Forget(question);
            }

            own.SetResult(outcome);
        }
    }

    public async Task StopAsync()
    {
        _end.Cancel();
        Task[] left;
        lock (_gate) left = [.. _running.Values];
        await Task.WhenAll(left);
    }

    public void Dispose() => _end.Dispose();

    // Evidence is one resolution's: what a server has seen in its life would fill the memory.
    private ProbeContext NewContext() => ProbeContext.WithoutCapture(_host);

    private async Task<QuestionOutcome> ResolveAsync(DnsQuestion question)
    {
        Interlocked.Increment(ref _begun);
        using var late = new CancellationTokenSource(_options.Timeout, _host.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, _end.Token);
        try
        {
            var resolution = await _resolver.ResolveAsync(NewContext(), question, NoteStep, either.Token);
            if (resolution.Outcome is IterativeOutcome.Failed) Interlocked.Increment(ref _failed);
            return new QuestionOutcome(resolution.Outcome);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            Interlocked.Increment(ref _failed);
            return default;
        }
    }

    private void NoteStep(ResolutionStep step)
    {
        if (step is ResolutionStep.Asked) Interlocked.Increment(ref _queries);
    }
}
