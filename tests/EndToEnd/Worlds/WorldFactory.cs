namespace Fathom.EndToEnd.Worlds;

/// <summary>Makes worlds for one run of the tests, and removes all of it at the end.</summary>
public sealed class WorldFactory : IAsyncLifetime
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), Leftovers.RunPrefix);
    private readonly List<World> _worlds = [];
    private readonly SemaphoreSlim _one = new(1);
    private TestAuthority? _authority;

    /// <summary>A folder of this run that everybody may read.</summary>
    internal string Folder => _folder;

    public async ValueTask InitializeAsync()
    {
        if (OperatingSystem.IsLinux() && NativeMethods.EffectiveUser() == 0)
        {
            await Leftovers.RemoveOfDeadRunsAsync();
        }

        Directory.CreateDirectory(_folder);
    }

    /// <summary>A new world, healthy. It lives as long as the run.</summary>
    internal async Task<World> CreateAsync()
    {
        await _one.WaitAsync();
        try
        {
            _authority ??= TestAuthority.Create(Path.Combine(_folder, "authority"));
            var name = $"{Leftovers.RunPrefix}{(char)('a' + _worlds.Count)}";
            var world = await World.CreateAsync(name, _folder, _authority);
            _worlds.Add(world);
            return world;
        }
        finally
        {
            _one.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var world in _worlds)
        {
            await world.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
        _one.Dispose();
    }
}
