using Fathom.EndToEnd.Checks;
using Fathom.EndToEnd.Worlds;

namespace Fathom.EndToEnd.Cases;

/// <summary>The world of one group of cases, made when the first case asks for it.</summary>
public sealed class CaseWorld(WorldFactory factory)
{
    private Task<World>? _world;

    // The task is kept: a world that cannot be built is not tried again for every case.
    internal Task<World> GetAsync() => _world ??= factory.CreateAsync();

    /// <summary>The program under test, in this world's client.</summary>
    internal FathomRunner Fathom(World world) => new(world, factory.Program.Value);

    /// <summary>Puts a case's fault on the world, does something, and takes the fault off again.</summary>
    internal async Task<T> WithFaultAsync<T>(FaultCase row, Func<World, Task<T>> action)
    {
        var world = await GetAsync();
        await world.ResetAsync(row.ResolvConf, row.Hosts);
        try
        {
            foreach (var step in row.Fault.Apply)
            {
                await world.ApplyAsync(step);
            }

            return await action(world);
        }
        finally
        {
            foreach (var step in row.Fault.Undo)
            {
                // Not asserted: after a step that failed to apply, its opposite fails too, and must not hide that.
                await world.ExecuteAsync(step.Node, step.Command);
            }
        }
    }
}
