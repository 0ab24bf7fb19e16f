using Fathom.Probes;
using Fathom.Wire.Internet;

namespace Fathom.Diagnosis.Internet;

/// <summary>The echo runs of one check, by address.</summary>
internal sealed class ReachSet(ProbeContext context) : IAsyncDisposable
{
    private readonly Dictionary<IpAddress, Task<ReachRun>> _runs = [];

    /// <summary>Starts a run beside what goes on, once for each address.</summary>
    public void Start(IpAddress address, CancellationToken cancellation)
    {
        if (!_runs.ContainsKey(address)) _runs[address] = ReachRun.StartAsync(context, address, cancellation);
    }

    /// <summary>The run for an address, started now if it was not before.</summary>
    public Task<ReachRun> GetAsync(IpAddress address, CancellationToken cancellation)
    {
        Start(address, cancellation);
        return _runs[address];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var run in _runs.Values)
        {
            if (run.IsCompletedSuccessfully) await (await run).DisposeAsync();
        }
    }
}
