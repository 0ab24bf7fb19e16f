using System.Globalization;
using Fathom.Hosts.Internet;
using Fathom.Probes.Internet;
using Fathom.Probes.Internet.Ping;
using Fathom.Wire.Internet;

namespace Fathom.Cli.Ping;

/// <summary>Lines for people: those of ping(8) where it has them, so that eyes and scripts find their way.</summary>
internal static class PingText
{
    // With this many probes a rate says what it seems to say.
    private const int Many = 100;

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    /// <summary>What happened to one request.</summary>
    public static string Line(IpAddress address, string? name, PingEvent happened) => happened switch
    {
        PingEvent.Answered a => string.Create(Invariant, $"{a.DataLength + 8} bytes from {Who(a.From, address, name)}: icmp_seq={(ushort)a.Number}{(a.HopLimit is { } left ? $" ttl={left}" : string.Empty)} time={Ms(a.RoundTrip.TotalMilliseconds)} ms{Marks(a)}"),
        PingEvent.Failed { Error.Origin: NetworkErrorOrigin.Local } f => $"icmp_seq={(ushort)f.Number} not delivered, says this host: {f.Error.Describe()}",
        PingEvent.Failed f => $"From {f.Error.Reporter?.ToString() ?? "a router"} icmp_seq={(ushort)f.Number} {Capital(WithoutReporter(f.Error))}",
        PingEvent.Outstanding o => string.Create(Invariant, $"no answer yet for icmp_seq={(ushort)o.Number}"),
        PingEvent.TimedOut t => string.Create(Invariant, $"no answer to icmp_seq={(ushort)t.Number} within {t.Waited.TotalSeconds:0.#} s"),
        _ => string.Empty,
    };

    /// <summary>The statistics.</summary>
    public static IEnumerable<string> Summary(PingReport report)
    {
        var s = report.Statistics;
        var extra = (s.Duplicates > 0 ? $"+{s.Duplicates} duplicates, " : string.Empty) + (s.Damaged > 0 ? $"+{s.Damaged} corrupted, " : string.Empty) + (s.Errors > 0 ? $"+{s.Errors} errors, " : string.Empty);
        yield return string.Create(Invariant, $"{s.Sent} packets transmitted, {s.Received} received, {extra}{100 * s.LossRate:0.####}% packet loss, time {report.Duration.TotalMilliseconds:0}ms");
        if (s.Late > 0 || s.OutOfOrder > 0) yield return string.Create(Invariant, $"{s.Late} late, {s.OutOfOrder} out of order");
        if (s.Lost > 0 && s.Sent is > 1 and < Many && (s.Received > 0 || s.Errors == 0))
        {
            var (low, high) = s.LossInterval;
            yield return string.Create(Invariant, $"{s.Lost} of {s.Sent} lost: so few tell little; the true loss is {100 * low:0} to {100 * high:0} % (95 % sure)");
        }

        if (s.Received == 0) yield break;
        yield return $"rtt min/avg/max/mdev = {Fixed(s.Minimum)}/{Fixed(s.Mean)}/{Fixed(s.Maximum)}/{Fixed(s.Deviation)} ms";
        if (s.Received > 1) yield return $"jitter {Fixed(s.MeanDifference)} ms (mean change from one to the next; RFC 3550 smoothed: {Fixed(s.Jitter)} ms)";
        if (s.Received >= 20) yield return $"half of them within {Fixed(s.Percentile(0.5))} ms, 95 % within {Fixed(s.Percentile(0.95))} ms, 99 % within {Fixed(s.Percentile(0.99))} ms";
    }

    /// <summary>Milliseconds as ping(8) writes them: three digits that matter.</summary>
    public static string Ms(double value) => value.ToString(value < 1 ? "0.000" : value < 10 ? "0.00" : value < 100 ? "0.0" : "0", Invariant);

    private static string Fixed(double value) => value.ToString("0.000", Invariant);

    private static string Who(IpAddress from, IpAddress asked, string? name) => from == asked && name is not null ? $"{name} ({from})" : from.ToString();

    private static string Marks(PingEvent.Answered a)
        => (a.IsDuplicate ? " (DUP!)" : string.Empty) + (a.IsLate ? " (late)" : string.Empty) + (a.IsOutOfOrder ? " (out of order)" : string.Empty)
            + (a.DamagedAt is { } at ? $" (wrong data from octet {at} on)" : string.Empty);

    private static string WithoutReporter(NetworkError error) => (error with { Reporter = null }).Describe();

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
