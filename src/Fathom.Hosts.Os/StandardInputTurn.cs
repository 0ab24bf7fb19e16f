using Fathom.Hosts.Os.Linux.Native;

namespace Fathom.Hosts.Os;

/// <summary>Whether it is this process's turn to read standard input.</summary>
public static class StandardInputTurn
{
    private const int StandardInput = 0;

    /// <summary>
    /// False while standard input is a terminal that another process group has in the foreground: a shell's "&amp;". Who reads then is stopped (SIGTTIN, POSIX.1-2024 §11.1.4), and a lab
    /// or a server with it.
    /// </summary>
    public static bool IsOurs => !OperatingSystem.IsLinux() || Libc.ForegroundGroup(StandardInput) is var group && (group < 0 || group == Libc.OwnGroup());
}
