using System.Text.Json;
using Fathom.Cli.Commands;
using Fathom.Cli.Output;
using Fathom.Hosts.Internet;
using Fathom.Probes.Internet;
using Fathom.Probes.Internet.Ping;
using Fathom.Wire.Internet;

namespace Fathom.Cli.Ping;

/// <summary>The documents of <c>fathom ping</c>.</summary>
internal static class PingJson
{
    /// <summary>The report; events are members of it.</summary>
    public static void WriteReport(CommandRun run, string host, PingReport report, IReadOnlyList<PingEvent> events) => run.WriteJson("fathom.ping/1", writer =>
    {
        if (run.Format == OutputFormat.Ndjson) writer.WriteString("type", "result");
        writer.WriteString("host", host);
        writer.WriteString("address", report.Destination.ToString());
        writer.WriteString("method", report.Method switch { EchoMethod.Raw => "raw socket", EchoMethod.Datagram => "ICMP datagram socket", EchoMethod.System => "system ping", _ => "stack" });
        var s = report.Statistics;
        writer.WriteNumber("sent", s.Sent);
        writer.WriteNumber("received", s.Received);
        writer.WriteNumber("duplicates", s.Duplicates);
        writer.WriteNumber("errors", s.Errors);
        writer.WriteNumber("late", s.Late);
        writer.WriteNumber("outOfOrder", s.OutOfOrder);
        writer.WriteNumber("corrupted", s.Damaged);
        writer.WriteNumber("lossPercent", Math.Round(100 * s.LossRate, 3));
        writer.WriteStartObject("lossInterval95");
        writer.WriteNumber("lowPercent", Math.Round(100 * s.LossInterval.Low, 3));
        writer.WriteNumber("highPercent", Math.Round(100 * s.LossInterval.High, 3));
        writer.WriteEndObject();
        if (s.Received > 0)
        {
            writer.WriteStartObject("roundTripMilliseconds");
            writer.WriteNumber("min", Math.Round(s.Minimum, 3));
            writer.WriteNumber("avg", Math.Round(s.Mean, 3));
            writer.WriteNumber("max", Math.Round(s.Maximum, 3));
            writer.WriteNumber("mdev", Math.Round(s.Deviation, 3));
            writer.WriteNumber("jitter", Math.Round(s.MeanDifference, 3));
            writer.WriteNumber("jitterRfc3550", Math.Round(s.Jitter, 3));
            writer.WriteNumber("p50", Math.Round(s.Percentile(0.5), 3));
            writer.WriteNumber("p95", Math.Round(s.Percentile(0.95), 3));
            writer.WriteNumber("p99", Math.Round(s.Percentile(0.99), 3));
            writer.WriteEndObject();
        }

        writer.WriteMilliseconds("durationMilliseconds", report.Duration);
        writer.WriteBoolean("interrupted", report.WasInterrupted);
        if (run.Format != OutputFormat.Json) return;
        writer.WriteStartArray("events");
        foreach (var happened in events)
        {
            writer.WriteStartObject();
            Event(writer, happened);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    /// <summary>One event as one line, for ndjson.</summary>
    public static void WriteEvent(CommandRun run, IpAddress address, PingEvent happened) => run.WriteJson("fathom.ping/1", writer =>
    {
        writer.WriteString("type", "event");
        writer.WriteString("address", address.ToString());
        Event(writer, happened);
    });

    private static void Event(Utf8JsonWriter writer, PingEvent happened)
    {
        writer.WriteNumber("number", happened.Number);
        switch (happened)
        {
            case PingEvent.Answered a:
                writer.WriteString("outcome", "answered");
                writer.WriteString("from", a.From.ToString());
                writer.WriteMilliseconds("roundTripMilliseconds", a.RoundTrip);
                if (a.HopLimit is { } left) writer.WriteNumber("ttl", left);
                writer.WriteNumber("octets", a.DataLength);
                if (a.IsDuplicate) writer.WriteBoolean("duplicate", true);
                if (a.IsLate) writer.WriteBoolean("late", true);
                if (a.IsOutOfOrder) writer.WriteBoolean("outOfOrder", true);
                if (a.DamagedAt is { } at) writer.WriteNumber("corruptedFrom", at);
                break;
            case PingEvent.Failed f:
                writer.WriteString("outcome", "failed");
                if (f.Error.Reporter is { } reporter) writer.WriteString("reporter", reporter.ToString());
                writer.WriteString("origin", f.Error.Origin switch { NetworkErrorOrigin.Icmp => "icmp", NetworkErrorOrigin.Icmpv6 => "icmpv6", _ => "local" });
                if (f.Error.Origin != NetworkErrorOrigin.Local)
                {
                    writer.WriteNumber("icmpType", f.Error.Type);
                    writer.WriteNumber("icmpCode", f.Error.Code);
                }

                writer.WriteString("meaning", f.Error.Describe());
                if (f.Error.NextHopMtu is { } mtu) writer.WriteNumber("mtu", mtu);
                break;
            case PingEvent.Outstanding:
                writer.WriteString("outcome", "outstanding");
                break;
            case PingEvent.TimedOut t:
                writer.WriteString("outcome", "noAnswer");
                writer.WriteMilliseconds("waitedMilliseconds", t.Waited);
                break;
        }
    }
}
