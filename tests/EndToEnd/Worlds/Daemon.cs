using System.Diagnostics;
using System.Text;

namespace Fathom.EndToEnd.Worlds;

/// <summary>A server program of the system, run in a namespace in the foreground, ended with the world.</summary>
internal sealed class Daemon : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _log = new();

    private Daemon(Process process)
    {
        _process = process;
        _process.OutputDataReceived += (_, line) => Append(line.Data);
        _process.ErrorDataReceived += (_, line) => Append(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public static Daemon Start(string networkNamespace, params string[] command) =>
        new(Shell.Start(["ip", "netns", "exec", networkNamespace, .. command]));

    /// <summary>Fails with the daemon's own words if it is gone.</summary>
    public void AssertRunning()
    {
        if (_process.HasExited)
        {
            lock (_log)
            {
                throw new InvalidOperationException($"{_process.StartInfo.ArgumentList[3]} ended with {_process.ExitCode}:\n{_log}");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private void Append(string? line)
    {
        lock (_log)
        {
            _log.AppendLine(line);
        }
    }
}
