using System.ComponentModel;
using System.Diagnostics;

namespace Fathom.Testing;

/// <summary>Runs TShark, the peer that captures are shown to.</summary>
internal static class TSharkProcess
{
    /// <summary>What it prints, in English and Universal Time, and its exit status; the test is skipped where it is not installed.</summary>
    /// <param name="arguments">Its arguments.</param>
    public static async Task<(List<string> Lines, string Errors, int ExitCode)> RunAsync(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("tshark", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["TZ"] = "UTC";
        start.Environment["LC_ALL"] = "C.UTF-8";
        Process? process = null;
        try
        {
            process = Process.Start(start);
        }
        catch (Win32Exception)
        {
            Assert.Skip("tshark is not installed.");
        }

        using (process)
        {
            var errors = process!.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            var lines = new List<string>();
            while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line) lines.Add(line);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return (lines, await errors, process.ExitCode);
        }
    }
}
