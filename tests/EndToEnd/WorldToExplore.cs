using Fathom.EndToEnd.Cases;
using Fathom.EndToEnd.Worlds;

namespace Fathom.EndToEnd;

/// <summary>
/// A world for a person to look around in, never part of a run:
/// `dotnet test --project tests/EndToEnd -p:Explore=true -- --explicit only --filter-class "*WorldToExplore"`.
/// It stands until the file it names is deleted, an hour at most; meanwhile `ip netns exec NAME-c …` runs a command in the client.
/// </summary>
public sealed class WorldToExplore(CaseWorld world) : IClassFixture<CaseWorld>
{
    private static readonly TimeSpan AtMost = TimeSpan.FromHours(1);

    [Fact(Explicit = true)]
    public async Task Stands_until_its_file_is_deleted()
    {
        Requirements.SkipWithoutWorld();
        var here = await world.GetAsync();
        var file = Path.Combine(Path.GetTempPath(), Leftovers.RunPrefix, $"{here.Name}.env");
        await File.WriteAllLinesAsync(file, here.Environment.Select(pair => $"export {pair.Key}='{pair.Value}'"));

        using var limit = new CancellationTokenSource(AtMost);
        using var pause = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (File.Exists(file) && await pause.WaitForNextTickAsync(limit.Token))
        {
        }
    }
}
