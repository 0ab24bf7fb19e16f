using System.Diagnostics;

namespace Fathom.Hosts.Os.Tests.Support;

/// <summary>Runs the system's own tools, which set the scene and are the peers that answers are compared with.</summary>
internal static class Shell
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Runs a program and returns what it printed; throws if it fails.</summary>
    public static string Run(string program, params string[] arguments)
    {
        var (status, output, errors) = Try(program, arguments);
        return status == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: status {status}: {errors}");
    }

    /// <summary>Runs a program: its exit status and what it printed. The status is -1 where it is not installed.</summary>
    public static (int Status, string Output, string Errors) Try(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            if (!process.WaitForExit(Patience)) process.Kill();
            return (process.ExitCode, output, errors.GetAwaiter().GetResult());
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return (-1, "", e.Message);
        }
    }
}
