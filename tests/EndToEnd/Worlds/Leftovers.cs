using System.Globalization;

namespace Fathom.EndToEnd.Worlds;

/// <summary>
/// Everything a run makes outside its own process carries the run's prefix, `fe` and its process id. What carries the id
/// of a run that is dead is removed, so that a killed run costs the next one nothing.
/// </summary>
internal static class Leftovers
{
    public static string RunPrefix { get; } = $"fe{Environment.ProcessId}";

    /// <summary>Removes what dead runs left.</summary>
    public static async Task RemoveOfDeadRunsAsync()
    {
        foreach (var name in NamesIn("/run/netns").Where(IsOfDeadRun))
        {
            await RemoveNamespaceAsync(name);
        }

        foreach (var folder in NamesIn("/etc/netns").Where(IsOfDeadRun))
        {
            Directory.Delete(Path.Combine("/etc/netns", folder), recursive: true);
        }

        foreach (var folder in NamesIn(Path.GetTempPath()).Where(IsOfDeadRun))
        {
            Directory.Delete(Path.Combine(Path.GetTempPath(), folder), recursive: true);
        }
    }

    /// <summary>Ends what still runs in a namespace of ours, then removes it.</summary>
    public static async Task RemoveNamespaceAsync(string name)
    {
        var processes = await Shell.RunAsync(["ip", "netns", "pids", name]);
        var ids = processes.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (ids.Length > 0)
        {
            await Shell.RunAsync(["kill", "-KILL", .. ids]);
        }

        await Shell.RunAsync(["ip", "netns", "del", name]);
    }

    private static IEnumerable<string> NamesIn(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateFileSystemEntries(folder).Select(path => Path.GetFileName(path)!) : [];

    // fe1234a-c, fe1234: our prefix, a process id, then anything that is not a digit.
    private static bool IsOfDeadRun(string name)
    {
        if (!name.StartsWith("fe", StringComparison.Ordinal))
        {
            return false;
        }

        var digits = new string([.. name.Skip(2).TakeWhile(char.IsAsciiDigit)]);
        var rest = name[(2 + digits.Length)..];
        var isOurs = rest.Length == 0 || (char.IsAsciiLetterLower(rest[0]) && (rest.Length == 1 || rest[1] == '-'));
        return isOurs
            && int.TryParse(digits, CultureInfo.InvariantCulture, out var process)
            && !Directory.Exists($"/proc/{process}");
    }
}
