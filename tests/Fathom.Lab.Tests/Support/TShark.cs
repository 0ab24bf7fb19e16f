using System.ComponentModel;
using System.Diagnostics;

namespace Fathom.Lab.Tests.Support;

/// <summary>The peer that captures are shown to.</summary>
internal static class TShark
{
    /// <summary>The time and the words of each frame of a file that a display filter names; the test is skipped where TShark is not installed.</summary>
    public static async Task<List<string>> AskAsync(string path, string filter)
    {
        string[] arguments = ["-n", "-r", path, "-o", "ip.check_checksum:TRUE", "-o", "tcp.check_checksum:TRUE", "-Y", filter, "-T", "fields", "-e", "frame.time_epoch", "-e", "_ws.col.Info"];
        var start = new ProcessStartInfo("tshark", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
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
            Assert.True(process.ExitCode == 0, await errors);
            return lines;
        }
    }
}
