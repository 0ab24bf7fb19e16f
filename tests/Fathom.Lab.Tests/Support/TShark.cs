using Fathom.Testing;

namespace Fathom.Lab.Tests.Support;

/// <summary>The peer that captures are shown to.</summary>
internal static class TShark
{
    /// <summary>The time and the words of each frame of a file that a display filter names; the test is skipped where TShark is not installed.</summary>
    public static async Task<List<string>> AskAsync(string path, string filter)
    {
        var (lines, errors, status) = await TSharkProcess.RunAsync(["-n", "-r", path, "-o", "ip.check_checksum:TRUE", "-o", "tcp.check_checksum:TRUE", "-Y", filter, "-T", "fields", "-e", "frame.time_epoch", "-e", "_ws.col.Info"]);
        Assert.True(status == 0, errors);
        return lines;
    }
}
