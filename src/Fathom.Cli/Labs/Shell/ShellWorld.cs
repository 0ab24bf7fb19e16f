using Fathom.Lab;
using Fathom.Lab.Scenarios;

namespace Fathom.Cli.Labs.Shell;

/// <summary>A lab with all that commands have put into it: what a replay makes anew.</summary>
internal sealed class ShellWorld : IDisposable
{
    // What servers need to say good-bye.
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    /// <summary>Makes one as it is at the beginning.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="seed">The luck.</param>
    /// <param name="from">The host to begin on.</param>
    public ShellWorld(Scenario scenario, ulong seed, string from)
    {
        World = LabWorld.Create(scenario, new LabOptions { Seed = seed, HashesLog = true });
        Begin = World.Lab.Clock.Now;
        Host = World.Lab.Find(from)!;
        Broken = new LabBreakage(World);
    }

    /// <summary>The world.</summary>
    public LabWorld World { get; }

    /// <summary>The lab.</summary>
    public Fathom.Lab.Lab Lab => World.Lab;

    /// <summary>The lab's time when the shell began: times are counted from there.</summary>
    public TimeSpan Begin { get; }

    /// <summary>The time since then.</summary>
    public TimeSpan Now => Lab.Clock.Now - Begin;

    /// <summary>Where commands run.</summary>
    public LabHost Host { get; set; }

    /// <summary>What is broken.</summary>
    public LabBreakage Broken { get; }

    /// <summary>What runs beside.</summary>
    public List<ShellJob> Jobs { get; } = [];

    /// <inheritdoc/>
    public void Dispose()
    {
        Lab.Pacer = null;
        var live = Jobs.Where(static j => !j.Task.IsCompleted).ToList();
        Lab.Start(() =>
        {
            foreach (var job in live) job.Stop.Cancel();
            return Task.CompletedTask;
        });
        if (live.Count > 0) Lab.Run(Farewell);
        foreach (var job in Jobs) job.Stop.Dispose();
        World.Dispose();
    }
}
