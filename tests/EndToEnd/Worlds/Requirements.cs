namespace Fathom.EndToEnd.Worlds;

/// <summary>What this machine must have before a world can be built.</summary>
internal static class Requirements
{
    private static readonly string[] Tools = ["ip", "nft", "nginx", "nsd", "unbound", "openssl", "setpriv", "sysctl"];

    private static readonly string[] WitnessTools = ["curl", "dig", "ping", "traceroute", "tcpdump"];

    private static readonly string[] Folders =
        [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'), "/usr/local/sbin", "/usr/sbin", "/sbin"];

    private static readonly Lazy<string?> MissingForWorld = new(() => FindMissing(Tools));

    private static readonly Lazy<string?> MissingForWitness = new(() => FindMissing([.. Tools, .. WitnessTools]));

    /// <summary>Skips the running test, with the reason, where no world can be built.</summary>
    public static void SkipWithoutWorld() => Assert.SkipWhen(MissingForWorld.Value is not null, MissingForWorld.Value ?? "");

    /// <summary>As <see cref="SkipWithoutWorld"/>, and the independent tools must be there too.</summary>
    public static void SkipWithoutWitnesses() => Assert.SkipWhen(MissingForWitness.Value is not null, MissingForWitness.Value ?? "");

    private static string? FindMissing(IEnumerable<string> tools)
    {
        if (!OperatingSystem.IsLinux())
        {
            return "The world is made of Linux network namespaces.";
        }

        if (NativeMethods.EffectiveUser() != 0)
        {
            return "Network namespaces need root.";
        }

        var missing = tools.Where(tool => !Folders.Any(folder => File.Exists(Path.Combine(folder, tool)))).ToArray();
        return missing.Length == 0 ? null : $"Not installed: {string.Join(", ", missing)}.";
    }
}
