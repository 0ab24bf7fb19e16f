using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Fathom.Testing;

/// <summary>Runs one program to its end, never without a limit.</summary>
internal static class Shell
{
    // For what hangs: a machine that is busy with builds takes seconds for what takes milliseconds elsewhere.
    private static readonly TimeSpan DefaultLimit = TimeSpan.FromSeconds(60);

    public static async Task<CommandResult> RunAsync(
        IReadOnlyList<string> command,
        string? input = null,
        IReadOnlyDictionary<string, string>? environment = null,
        TimeSpan? limit = null,
        Action<Process>? started = null)
    {
        var watch = Stopwatch.StartNew();
        using var process = Start(command, environment);
        started?.Invoke(process);
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var deadline = new CancellationTokenSource(limit ?? DefaultLimit);
        try
        {
            await WriteInputAsync(process, input);
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            var partial = $"{await output}{await error}";
            throw new TimeoutException($"{Describe(command)} still ran after {watch.Elapsed.TotalSeconds:F0} s.\n{partial}");
        }

        return new CommandResult(Describe(command), process.ExitCode, await output, await error, watch.Elapsed);
    }

    public static Process Start(IReadOnlyList<string> command, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(command[0])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var argument in command.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return Process.Start(start) ?? throw new InvalidOperationException($"{command[0]} did not start.");
    }

    /// <summary>
    /// A command that SIGINT reaches whoever started the tests: what a shell without job control starts in the background has SIGINT ignored, and
    /// hands that down to all that it starts. The process is the command's own.
    /// </summary>
    public static IReadOnlyList<string> Interruptible(IReadOnlyList<string> command) => ["env", "--default-signal=INT", .. command];

    /// <summary>Sends a signal to a process that this run started.</summary>
    public static void Signal(Process process, PosixSignal signal)
    {
        // The numbers are those of signal(7) on every Linux architecture .NET runs on.
        var number = signal switch
        {
            PosixSignal.SIGINT => 2,
            PosixSignal.SIGTERM => 15,
            _ => throw new ArgumentOutOfRangeException(nameof(signal)),
        };
        if (NativeMethods.Kill(process.Id, number) != 0)
        {
            throw new InvalidOperationException($"kill({process.Id}): error {Marshal.GetLastPInvokeError()}");
        }
    }

    private static async Task WriteInputAsync(Process process, string? input)
    {
        if (input is not null)
        {
            await process.StandardInput.WriteAsync(input);
        }

        process.StandardInput.Close();
    }

    private static string Describe(IReadOnlyList<string> command) =>
        string.Join(' ', command.Select(argument => argument.Contains(' ', StringComparison.Ordinal) ? $"'{argument}'" : argument));
}
