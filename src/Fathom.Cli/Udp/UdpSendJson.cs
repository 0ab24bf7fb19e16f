using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Fathom.Cli.Output;
using Fathom.Probes.Internet;
using Fathom.Probes.Transport;

namespace Fathom.Cli.Udp;

/// <summary>The document of <c>fathom udp send</c>.</summary>
internal static class UdpSendJson
{
    public const string Schema = "fathom.udp.send/1";

    /// <summary>All datagrams.</summary>
    public static void Write(Utf8JsonWriter writer, UdpSendReport report)
    {
        WriteHead(writer, report);
        writer.WriteStartArray("datagrams");
        for (var i = 0; i < report.Outcomes.Count; i++)
        {
            writer.WriteStartObject();
            WriteOutcome(writer, report, i + 1, report.Outcomes[i]);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (report.Interrupted) writer.WriteBoolean("interrupted", true);
    }

    /// <summary>One, for ndjson.</summary>
    public static void WriteOne(Utf8JsonWriter writer, UdpSendReport report, int number, DatagramExchangeOutcome outcome)
    {
        WriteHead(writer, report);
        WriteOutcome(writer, report, number, outcome);
    }

    private static void WriteHead(Utf8JsonWriter writer, UdpSendReport report)
    {
        writer.WriteString("local", report.Local.ToString());
        writer.WriteString("remote", report.Remote.ToString());
        writer.WriteNumber("octets", report.Payload.Length);
        writer.WriteBoolean("captured", report.Captured is not null);
        if (report.Octets is { } octets) writer.WriteString("datagramHex", Convert.ToHexStringLower(octets.Span));
        else if (report.CaptureRefusal is { } why) writer.WriteString("whyNotCaptured", why);
    }

    private static void WriteOutcome(Utf8JsonWriter writer, UdpSendReport report, int number, DatagramExchangeOutcome outcome)
    {
        writer.WriteNumber("number", number);
        writer.WriteString("outcome", outcome switch
        {
            DatagramExchangeOutcome.Answered => "answered",
            DatagramExchangeOutcome.Failed { Meaning: IcmpMeaning.PortUnreachable } f => f.Error.Reporter is null || f.Error.Reporter == report.Remote.Address ? "portUnreachable" : "rejected",
            DatagramExchangeOutcome.Failed { Meaning: IcmpMeaning.Prohibited } => "rejected",
            DatagramExchangeOutcome.Failed { Error.Origin: Fathom.Hosts.Internet.NetworkErrorOrigin.Local } => "notSent",
            DatagramExchangeOutcome.Failed => "undeliverable",
            DatagramExchangeOutcome.Silent => "silent",
            _ => "sent",
        });
        writer.WriteString("says", UdpSendText.Describe(outcome, report.Remote));
        switch (outcome)
        {
            case DatagramExchangeOutcome.Answered { Reply: var reply }:
                writer.WriteString("from", reply.From.ToString());
                writer.WriteMilliseconds("roundTripMs", reply.RoundTrip);
                writer.WriteNumber("replyOctets", reply.Length);
                if (reply.Truncated) writer.WriteBoolean("truncated", true);
                if (Utf8.IsValid(reply.Payload.Span)) writer.WriteString("reply", Encoding.UTF8.GetString(reply.Payload.Span));
                else writer.WriteString("replyHex", Convert.ToHexStringLower(reply.Payload.Span));
                break;
            case DatagramExchangeOutcome.Failed failed:
                if (failed.Error.Reporter is { } reporter) writer.WriteString("reportedBy", reporter.ToString());
                writer.WriteNumber("icmpType", failed.Error.Type);
                writer.WriteNumber("icmpCode", failed.Error.Code);
                writer.WriteMilliseconds("afterMs", failed.RoundTrip);
                break;
        }

        writer.WriteStartArray("evidence");
        foreach (var id in outcome.Evidence) writer.WriteStringValue(id);
        writer.WriteEndArray();
    }
}
