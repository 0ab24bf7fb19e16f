using System.Globalization;
using System.Text.Json;
using Fathom.Cli.Commands;
using Fathom.Cli.Output;
using Fathom.Cli.Sockets;
using Fathom.Hosts.Internet;
using Fathom.Hosts.Transport;
using Fathom.Probes.Internet;
using Fathom.Services.Transport;
using Fathom.Wire.Application;
using Fathom.Wire.Transport;

namespace Fathom.Cli.Udp;

/// <summary>What <c>fathom udp listen</c> writes: a line for each datagram, and a table of the peers at the end.</summary>
internal sealed class UdpListenView(CommandRun run, bool echo, bool discard) : IUdpServerObserver
{
    private const string Schema = "fathom.udp.listen/1";
    private const int ShownOctets = 256;
    private const int ShownPeers = 50;

    private readonly Lock _gate = new();

    public void Listening(IReadOnlyList<IpEndpoint> local)
    {
        if (run.IsText) Line($"listening on {string.Join(" and ", local)}{(echo ? " (echo)" : discard ? " (discard)" : string.Empty)}; Ctrl-C ends it");
        else Event("listening", writer => WriteLocal(writer, local));
    }

    public void OnDatagram(DatagramEvent.Received datagram, ReadOnlySpan<byte> payload, int? answer)
    {
        if (discard) return;
        if (!run.IsText)
        {
            var text = TextSanitizer.EscapeOctets(payload);
            Event("datagram", writer =>
            {
                writer.WriteString("from", datagram.From.ToString());
                writer.WriteNumber("octets", datagram.Length);
                writer.WriteBoolean("truncated", datagram.Truncated);
                if (datagram.HopLimit is { } left) writer.WriteNumber("hopLimit", left);
                writer.WriteString("text", text);
                writer.WriteBoolean("answered", answer is not null);
            });
            return;
        }

        var shown = payload[..Math.Min(payload.Length, ShownOctets)];
        var hops = datagram.HopLimit is { } hopLimit ? string.Create(CultureInfo.InvariantCulture, $", hop limit {hopLimit}") : string.Empty;
        var cut = datagram.Truncated ? $", truncated: only {payload.Length} fit the buffer" : string.Empty;
        var silent = echo && answer is null ? ", not answered: that port's service would answer for ever" : string.Empty;
        Line($"{datagram.From}: {Amount.Octets(datagram.Length)}{hops}{cut}{silent}");
        if (!shown.IsEmpty) Line($"  < {TextSanitizer.EscapeOctets(shown)}{(payload.Length > shown.Length ? " …" : string.Empty)}");
    }

    public void OnUndelivered(NetworkError error)
    {
        if (run.IsText) Line($"an answer{(error.Destination is { } to ? $" to {to}" : string.Empty)} was not delivered: {error.Describe()}");
        else Event("undelivered", writer =>
        {
            if (error.Destination is { } to) writer.WriteString("to", to.ToString());
            writer.WriteString("reason", error.Describe());
        });
    }

    public void Summary(IReadOnlyList<IpEndpoint> local, UdpServerSummary summary)
    {
        if (!run.IsText)
        {
            run.WriteJson(Schema, writer => WriteSummary(writer, local, summary));
            return;
        }

        Line($"{Amount.Count(summary.Datagrams, "datagram", "datagrams")} of {Amount.Count(summary.Peers.Count, "peer", "peers")}, {Amount.Octets(summary.Octets)}, {summary.Truncated:N0} truncated, {summary.Answers:N0} answered, {summary.Undelivered:N0} answers not delivered, in {Amount.Time(summary.Duration)}");
        if (summary.Peers.Count == 0) return;
        run.Console.Write(Listing.Columns(
            ["peer", "datagrams", "octets", "truncated", "answered", "undelivered"],
            summary.Peers.Take(ShownPeers).Select(static p => Row(p.Endpoint.ToString(), p))));
        var more = summary.Peers.Count - ShownPeers;
        if (more > 0) Line($"  … and {Amount.Count(more, "peer", "peers")} more");
        if (summary.Others is { } others) Line($"  and {Amount.Count(others.Datagrams, "datagram", "datagrams")} of peers beyond the limit of those that are counted");
    }

    private static string[] Row(string name, UdpPeer peer)
        => [name, Amount.Number(peer.Datagrams), Amount.Number(peer.Octets), Amount.Number(peer.Truncated), Amount.Number(peer.Answers), Amount.Number(peer.Undelivered)];

    private void WriteSummary(Utf8JsonWriter writer, IReadOnlyList<IpEndpoint> local, UdpServerSummary summary)
    {
        if (run.Format == OutputFormat.Ndjson) writer.WriteString("event", "summary");
        WriteLocal(writer, local);
        writer.WriteNumber("datagrams", summary.Datagrams);
        writer.WriteNumber("octets", summary.Octets);
        writer.WriteNumber("truncated", summary.Truncated);
        writer.WriteNumber("answered", summary.Answers);
        writer.WriteNumber("undelivered", summary.Undelivered);
        writer.WriteMilliseconds("ms", summary.Duration);
        writer.WriteStartArray("peers");
        foreach (var peer in summary.Peers)
        {
            writer.WriteStartObject();
            writer.WriteString("peer", peer.Endpoint.ToString());
            writer.WriteNumber("datagrams", peer.Datagrams);
            writer.WriteNumber("octets", peer.Octets);
            writer.WriteNumber("truncated", peer.Truncated);
            writer.WriteNumber("answered", peer.Answers);
            writer.WriteNumber("undelivered", peer.Undelivered);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteLocal(Utf8JsonWriter writer, IReadOnlyList<IpEndpoint> local)
    {
        writer.WriteStartArray("local");
        foreach (var endpoint in local) writer.WriteStringValue(endpoint.ToString());
        writer.WriteEndArray();
    }

    private void Line(string text)
    {
        lock (_gate)
        {
            run.Output.WriteLine(text);
            run.Output.Flush();
        }
    }

    private void Event(string name, Action<Utf8JsonWriter> write)
    {
        if (run.Format != OutputFormat.Ndjson) return;
        run.WriteJson(Schema, writer =>
        {
            writer.WriteString("event", name);
            write(writer);
        });
    }
}
