using System.Text.Json;
using Fathom.Cli.Commands;
using Fathom.Cli.Output;
using Fathom.Hosts.Internet;
using Fathom.Probes.Internet;
using Fathom.Probes.Internet.Trace;
using Fathom.Wire.Internet;

namespace Fathom.Cli.Trace;

/// <summary>The document of <c>fathom trace</c>.</summary>
internal static class TraceJson
{
    /// <summary>Writes it; for ndjson a line for each hop first.</summary>
    public static void Write(CommandRun run, string host, TraceOutcome trace, IReadOnlyDictionary<IpAddress, string> names, IReadOnlyList<ReadingLine> reading)
    {
        if (run.Format == OutputFormat.Ndjson)
        {
            foreach (var hop in trace.Hops)
            {
                run.WriteJson("fathom.trace/1", writer =>
                {
                    writer.WriteString("type", "hop");
                    writer.WriteString("address", trace.Destination.ToString());
                    Hop(writer, hop, names);
                });
            }
        }

        run.WriteJson("fathom.trace/1", writer =>
        {
            if (run.Format == OutputFormat.Ndjson) writer.WriteString("type", "result");
            writer.WriteString("host", host);
            writer.WriteString("address", trace.Destination.ToString());
            writer.WriteString("method", trace.Method);
            writer.WriteString("flow", trace.Flow);
            writer.WriteBoolean("reached", trace.Reached);
            writer.WriteBoolean("interrupted", trace.WasInterrupted);
            writer.WriteMilliseconds("durationMilliseconds", trace.Duration);
            if (trace.Mtu is { } mtu)
            {
                writer.WriteStartObject("pathMtu");
                if (mtu.Mtu is { } passed) writer.WriteNumber("octets", passed);
                if (mtu.Lost is { } lost) writer.WriteNumber("vanishingFrom", lost);
                if (mtu.HoleAfter is { } hole) writer.WriteNumber("vanishingBehindHop", hole);
                writer.WriteStartArray("reports");
                foreach (var report in mtu.Reports)
                {
                    writer.WriteStartObject();
                    if (report.By is { } by) writer.WriteString("by", by.ToString());
                    writer.WriteNumber("mtu", report.Mtu);
                    writer.WriteBoolean("local", report.IsLocal);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
                writer.WriteEndObject();
            }

            if (run.Format == OutputFormat.Json)
            {
                writer.WriteStartArray("hops");
                foreach (var hop in trace.Hops)
                {
                    writer.WriteStartObject();
                    Hop(writer, hop, names);
                    writer.WriteEndObject();
                }

                writer.WriteEndArray();
            }

            writer.WriteStartArray("reading");
            foreach (var line in reading)
            {
                writer.WriteStartObject();
                writer.WriteString("kind", JsonNamingPolicy.CamelCase.ConvertName(line.Kind.ToString()));
                writer.WriteString("confidence", TraceText.Word(line));
                if (line.Hop is { } about) writer.WriteNumber("hop", about);
                writer.WriteBoolean("problem", line.IsProblem);
                writer.WriteString("text", line.Text);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        });
    }

    private static void Hop(Utf8JsonWriter writer, TraceHop hop, IReadOnlyDictionary<IpAddress, string> names)
    {
        writer.WriteNumber("hop", hop.HopLimit);
        writer.WriteStartArray("addresses");
        foreach (var address in hop.Addresses) writer.WriteStringValue(address.ToString());
        writer.WriteEndArray();
        if (hop.Addresses.Any(names.ContainsKey))
        {
            writer.WriteStartArray("names");
            foreach (var address in hop.Addresses)
            {
                if (names.TryGetValue(address, out var name)) writer.WriteStringValue(name);
            }

            writer.WriteEndArray();
        }

        writer.WriteNumber("sent", hop.Sent);
        writer.WriteNumber("received", hop.Answers.Count);
        writer.WriteBoolean("destination", hop.IsDestination);
        writer.WriteStartArray("samples");
        foreach (var answer in hop.Answers)
        {
            writer.WriteStartObject();
            if (answer.Address is { } from) writer.WriteString("from", from.ToString());
            if (answer.RoundTrip is { } time) writer.WriteMilliseconds("roundTripMilliseconds", time);
            if (answer.HopLimitLeft is { } left) writer.WriteNumber("ttl", left);
            if (answer.Error is { } error)
            {
                if (error.Origin != NetworkErrorOrigin.Local)
                {
                    writer.WriteNumber("icmpType", error.Type);
                    writer.WriteNumber("icmpCode", error.Code);
                }

                writer.WriteString("meaning", error.Describe());
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (hop.Labels.Count == 0) return;
        writer.WriteStartArray("mpls");
        foreach (var label in hop.Labels)
        {
            writer.WriteStartObject();
            writer.WriteNumber("label", label.Label);
            writer.WriteNumber("trafficClass", label.TrafficClass);
            writer.WriteBoolean("bottom", label.IsBottom);
            writer.WriteNumber("ttl", label.Ttl);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
