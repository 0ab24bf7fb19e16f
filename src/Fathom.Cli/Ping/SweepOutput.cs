using System.Globalization;
using System.Text;
using Fathom.Cli.Commands;
using Fathom.Cli.Output;
using Fathom.Probes.Internet;
using Fathom.Probes.Internet.Sweep;
using Fathom.Wire.Internet;

namespace Fathom.Cli.Ping;

/// <summary><c>fathom ping --sweep PREFIX</c>.</summary>
internal static class SweepOutput
{
    /// <summary>Sweeps and writes. Returns the exit status.</summary>
    public static async Task<int> RunAsync(CommandRun run, IpPrefix prefix, SweepOptions options, bool quiet, CancellationToken cancellation)
    {
        var result = await SweepProbe.RunAsync(run.Host, prefix, options, cancellation);
        if (!result.TryGet(out var report, out var refusal)) return run.CannotTell(refusal);
        if (run.IsText)
        {
            if (!quiet) WriteAlive(run, report);
            run.Output.WriteLine(Summary(report));
            run.WriteAside(Explain(report, options), $"fping -a -q -r {options.Retries} -g {prefix}", $"nmap -n -sn -PE {prefix}");
        }
        else
        {
            run.WriteJson("fathom.sweep/1", writer =>
            {
                writer.WriteString("prefix", report.Prefix.ToString());
                writer.WriteNumber("asked", report.Asked);
                writer.WriteNumber("alive", report.Alive.Count);
                writer.WriteNumber("unreachable", report.Unreachable);
                writer.WriteNumber("requests", report.Sent);
                writer.WriteNumber("refused", report.Refused);
                writer.WriteMilliseconds("durationMilliseconds", report.Duration);
                writer.WriteBoolean("interrupted", report.WasInterrupted);
                if (quiet) return;
                writer.WriteStartArray("hosts");
                foreach (var host in report.Alive)
                {
                    writer.WriteStartObject();
                    writer.WriteString("address", host.Address.ToString());
                    writer.WriteMilliseconds("roundTripMilliseconds", host.RoundTrip);
                    if (host.HopLimit is { } left) writer.WriteNumber("ttl", left);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
            });
        }

        if (report.Alive.Count > 0) return ExitStatus.Good;
        // Nothing left this host: nothing is known of the others.
        // Whoever interrupts has not waited: that nobody answered says nothing.
        return report.WasInterrupted || (report.Sent == 0 && report.Refused == 0) ? ExitStatus.Unknown : ExitStatus.Broken;
    }

    private static void WriteAlive(CommandRun run, SweepReport report)
    {
        var text = new StringBuilder();
        foreach (var host in report.Alive) text.Append(host.Address.ToString()).Append('\n');
        run.Output.Write(text);
    }

    private static string Summary(SweepReport report)
    {
        var invariant = CultureInfo.InvariantCulture;
        var text = string.Create(invariant, $"{report.Alive.Count} of {report.Asked} addresses of {report.Prefix} answer, in {report.Duration.TotalSeconds:0.00} s");
        if (report.Unreachable > 0) text += string.Create(invariant, $"; {report.Unreachable} reported unreachable");
        if (report.Refused > 0) text += string.Create(invariant, $"; this host refused to send {report.Refused} requests{(report.FirstError is { } error ? $" ({error.Describe()})" : string.Empty)}");
        return report.WasInterrupted ? text + "; interrupted" : text;
    }

    private static string Explain(SweepReport report, SweepOptions options) => string.Create(
        CultureInfo.InvariantCulture,
        $"Every address of {report.Prefix} was sent an ICMP echo request, {report.Sent} packets in all; a silent one was asked {(options.Retries == 0 ? "no second time" : options.Retries == 1 ? "once more" : $"up to {options.Retries} times more")}, as rate limits swallow answers of living hosts. Who answers is alive. "
        + $"Who does not may be absent, down, or told not to answer: silence proves nothing.");
}
