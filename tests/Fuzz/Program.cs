using System.Diagnostics;
using System.Globalization;
using Fuzz;

// instrument DLL                                              counts the branches of an assembly, in place
// run CORPUS FINDS EXECUTIONS [TARGET]... [--keep]            one campaign a target, one row of the table each; --keep writes the smaller corpus
// replay CORPUS                                               runs the corpus once
switch (args)
{
    case ["instrument", var path]:
        var types = SharpFuzz.Fuzzer.Instrument(path, static name => name.StartsWith("Fathom.", StringComparison.Ordinal), SharpFuzz.Options.Value).Count();
        Console.Error.WriteLine($"{types} types of {Path.GetFileName(path)} instrumented");
        return 0;
    case ["run", var corpus, var finds, var executions, .. var rest]:
        // The instrumented library needs its map before anything of it runs.
        _ = new CoverageMap();
        var names = rest.Where(static r => r != "--keep").ToHashSet();
        var found = 0;
        foreach (var target in FuzzTargets.All.Where(t => names.Count == 0 || names.Contains(t.Name)))
            found += Run(target, corpus, finds, long.Parse(executions, CultureInfo.InvariantCulture), rest.Contains("--keep"));
        return found == 0 ? 0 : 1;
    case ["replay", var corpus]:
        foreach (var target in FuzzTargets.All)
        {
            foreach (var input in Corpus.Read(corpus, target.Name)) target.Run(input);
        }

        return 0;
    default:
        Console.Error.WriteLine("fuzz instrument DLL | run CORPUS FINDS EXECUTIONS [TARGET]... [--keep] | replay CORPUS");
        return 2;
}

static int Run(FuzzTarget target, string corpus, string finds, long executions, bool keep)
{
    var map = new CoverageMap();
    using var stop = new CancellationTokenSource(TimeSpan.FromMinutes(30));
    var campaign = new Campaign(target, map, seed: 1);
    var start = Stopwatch.GetTimestamp();
    campaign.Run(Corpus.Read(corpus, target.Name), executions, stop.Token);
    var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
    var second = new CoverageMap();
    var few = Corpus.Minimize(target, campaign.Queue, second);
    if (keep) Corpus.Write(corpus, target.Name, few);
    foreach (var (input, what) in campaign.Finds)
        Console.Error.WriteLine($"{target.Name}: {Corpus.WriteFind(finds, target.Name, input)}\n{what}");
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"| {target.Name} | {campaign.Executions:N0} | {campaign.Executions / seconds:N0} | {map.Reached:N0} | {few.Count} | {campaign.Slowest.TotalMilliseconds:F0} ms | {campaign.Finds.Count} |"));
    return campaign.Finds.Count;
}
