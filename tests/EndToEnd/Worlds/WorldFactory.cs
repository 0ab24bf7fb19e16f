using Fathom.EndToEnd.Checks;

namespace Fathom.EndToEnd.Worlds;

/// <summary>Makes worlds for one run of the tests, and removes all of it at the end.</summary>
public sealed class WorldFactory : IAsyncLifetime
{
    /// <summary>For what other users run or read: rwxr-xr-x.</summary>


    private readonly string _folder = Path.Combine(Path.GetTempPath(), Leftovers.RunPrefix);
    private readonly List<World> _worlds = [];
    private readonly SemaphoreSlim _one = new(1);
    private TestAuthority? _authority;

    /// <summary>The program under test, copied once to where every user can run it.</summary>
    internal Lazy<string> Program { get; }

    public WorldFactory() => Program = new Lazy<string>(() => FathomBinary.CopyTo(Path.Combine(_folder, "bin")));

    public async ValueTask InitializeAsync()
    {
        if (OperatingSystem.IsLinux() && NativeMethods.EffectiveUser() == 0)
        {
            await Leftovers.RemoveOfDeadRunsAsync();
        }

        Directory.CreateDirectory(_folder);
        File.SetUnixFileMode(_folder, FathomBinary.ReadableByAll);
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
