using System.Globalization;
using Fathom.Cli.Commands;
using Fathom.Cli.Input;
using Fathom.Probes.Internet.Ping;
using Fathom.Wire.Application;
using Fathom.Wire.Internet;

namespace Fathom.Cli.Ping;

/// <summary>Several hosts at once, a line each when it is done.</summary>
internal sealed class ManyPings(CommandRun run, PingRequest request) : IDisposable
{
    // Each uses a socket: well below the 1,024 descriptors that a process may usually have.
    private const int AtOnce = 256;

    private const int DefaultCount = 3;
    private readonly SemaphoreSlim _gate = new(AtOnce, AtOnce);
    private readonly Lock _writing = new();
    private int _status;

    // A list from standard input is not known beforehand: this is room for most names.
    private int _width = 32;

    /// <summary>Pings all and writes. Returns the worst exit status.</summary>
    public async Task<int> RunAsync(IReadOnlyList<string> words, TextReader input, CancellationToken cancellation)
    {
        var running = new List<Task>();
        if (!words.Contains("-")) _width = Math.Min(_width, words.Max(static w => w.Length) + 1 + (words.All(static w => IpAddress.TryParse(w, out _)) ? 0 : 18));
        foreach (var word in words)
        {
            if (word != "-") await StartAsync(word, null, running, cancellation);
            else await foreach (var (number, text) in InputLines.ReadAsync(input, cancellation)) await StartAsync(text, number, running, cancellation);
        }

        await Task.WhenAll(running);
        return _status;
    }

    /// <inheritdoc/>
    public void Dispose() => _gate.Dispose();

    private async Task StartAsync(string host, int? line, List<Task> running, CancellationToken cancellation)
    {
        if (HostAddress.Refuse(host, request.Version) is { } reason)
        {
            End(run.Refuse(line is { } number ? $"line {number}: {reason}" : reason));
            return;
        }

        try
        {
            await _gate.WaitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        running.RemoveAll(static t => t.IsCompletedSuccessfully);
        running.Add(OneAsync(host, cancellation));
    }

    private async Task OneAsync(string host, CancellationToken cancellation)
    {
        try
        {
            var (found, status) = await HostAddress.FindAsync(run, host, request.Version, cancellation);
            if (found is not { } address)
            {
                End(status);
                return;
            }

            var options = request.Options with { Count = request.Options.Count ?? (request.Options.Deadline is null ? DefaultCount : null) };
            Action<PingEvent>? observer = run.Format == OutputFormat.Ndjson && !request.Quiet ? e => PingJson.WriteEvent(run, address, e) : null;
            var result = await PingSeries.RunAsync(run.Host, address, options, observer, cancellation);
            if (!result.TryGet(out var report, out var refusal))
            {
                End(run.CannotTell(refusal));
                return;
            }

            if (run.IsText) WriteLine(host, address, report);
            else PingJson.WriteReport(run, host, report, []);
            End(report.Statistics.Received > 0 ? ExitStatus.Good : report.Statistics.Sent == 0 ? ExitStatus.Unknown : ExitStatus.Broken);
        }
        finally
        {
            _gate.Release();
        }
    }

    private void WriteLine(string host, IpAddress address, PingReport report)
    {
        var s = report.Statistics;
        var name = host == address.ToString() ? host : $"{TextSanitizer.Escape(host)} ({address})";
        var figures = s.Received > 0
            ? $"rtt {PingText.Ms(s.Minimum)}/{PingText.Ms(s.Mean)}/{PingText.Ms(s.Maximum)} ms"
            : report.LastError is { } error ? Probes.Internet.NetworkErrorExtensions.Describe(error.Error) : "no answer";
        var line = string.Create(CultureInfo.InvariantCulture, $"{name.PadRight(_width)} {s.Received}/{s.Sent}  {figures}");
        lock (_writing)
        {
            run.Output.WriteLine(line);
            run.Output.Flush();
        }
    }

    private void End(int status)
    {
        lock (_writing) _status = ExitStatus.Worst(_status, status);
    }
}
