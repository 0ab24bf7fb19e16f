using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Fathom.Cli.Output;
using Fathom.Hosts.Transport;
using Fathom.Probes.Internet;
using Fathom.Probes.Transport;
using Fathom.Wire.Transport;

namespace Fathom.Cli.Tcp;

/// <summary>The document of <c>fathom tcp connect</c>.</summary>
internal static class TcpConnectJson
{
    public static void Write(Utf8JsonWriter writer, TcpConnectRequest request, TcpSessionReport session)
    {
        var last = session.Attempts[^1];
        writer.WriteString("host", request.Host);
        writer.WriteNumber("port", request.Port);
        writer.WriteString("outcome", Outcome(last));
        writer.WriteStartArray("attempts");
        foreach (var attempt in session.Attempts)
        {
            writer.WriteStartObject();
            writer.WriteString("remote", attempt.Remote.ToString());
            if (attempt.Result.Local is { } local) writer.WriteString("local", local.ToString());
            writer.WriteString("outcome", Outcome(attempt));
            writer.WriteMilliseconds("ms", attempt.Duration);
            if (attempt.Connection is null) writer.WriteString("reason", TcpConnectText.Failure(attempt));
            if (attempt.Result is ConnectResult.Unreachable { Error.Reporter: { } reporter }) writer.WriteString("reportedBy", reporter.ToString());
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (session.Handshake is { } handshake) WriteHandshake(writer, handshake);
        if (session.Relay is { } relay) WriteRelay(writer, session, relay);
        if (request.Info && (session.Info ?? session.InfoAtStart) is { } info) WriteInfo(writer, info);
        if (session.Teardown is { } teardown) WriteTeardown(writer, teardown);
    }

    private static string Outcome(ConnectOutcome attempt) => attempt.Result switch
    {
        ConnectResult.Connected => "connected",
        ConnectResult.Reset => "refused",
        ConnectResult.Unreachable u when u.Error.GetMeaning([]) is IcmpMeaning.PortUnreachable or IcmpMeaning.Prohibited => "prohibited",
        ConnectResult.Unreachable => "unreachable",
        ConnectResult.TimedOut => "timedOut",
        _ => "unknown",
    };

    private static void WriteHandshake(Utf8JsonWriter writer, HandshakeTranscript handshake)
    {
        writer.WriteStartObject("handshake");
        writer.WriteBoolean("captured", handshake is HandshakeTranscript.Complete or HandshakeTranscript.Partial);
        switch (handshake)
        {
            case HandshakeTranscript.Complete complete:
                writer.WriteBoolean("complete", true);
                writer.WriteMilliseconds("roundTripMs", complete.RoundTrip);
                WriteSegments(writer, complete.Segments);
                break;
            case HandshakeTranscript.Partial partial:
                writer.WriteBoolean("complete", false);
                WriteSegments(writer, partial.Segments);
                break;
            case HandshakeTranscript.Inferred inferred:
                writer.WriteString("why", inferred.Why);
                WriteInfo(writer, inferred.Info);
                break;
            case HandshakeTranscript.Unknown unknown:
                writer.WriteString("why", unknown.Why);
                break;
        }

        writer.WriteEndObject();
    }

    private static void WriteSegments(Utf8JsonWriter writer, IEnumerable<SegmentRecord> segments)
    {
        writer.WriteStartArray("segments");
        foreach (var segment in segments)
        {
            writer.WriteStartObject();
            writer.WriteString("evidence", segment.Evidence);
            writer.WriteNumber("atMs", Math.Round(segment.At.TotalMilliseconds, 3));
            writer.WriteString("from", SegmentTable.Side(segment));
            writer.WriteString("flags", segment.Flags.Describe());
            writer.WriteNumber("seq", segment.Sequence.Value);
            if (segment.Has(TcpFlags.Ack)) writer.WriteNumber("ack", segment.Acknowledgment.Value);
            if (segment.RelativeSequence is { } seq) writer.WriteNumber("relativeSeq", seq);
            if (segment.RelativeAcknowledgment is { } ack) writer.WriteNumber("relativeAck", ack);
            writer.WriteNumber("window", segment.Window);
            if (segment.WindowOctets is { } octets) writer.WriteNumber("windowOctets", octets);
            writer.WriteNumber("octets", segment.PayloadLength);
            if (segment.IsRetransmission) writer.WriteBoolean("again", true);
            WriteOptions(writer, segment.Options);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteOptions(Utf8JsonWriter writer, TcpOptions options)
    {
        writer.WriteStartObject("options");
        if (options.MaximumSegmentSize is { } size) writer.WriteNumber("mss", size);
        if (options.WindowScale is { } shift) writer.WriteNumber("windowScale", shift);
        if (options.SackPermitted) writer.WriteBoolean("sackPermitted", true);
        if (options.Timestamps is { } stamps)
        {
            writer.WriteNumber("timestamp", stamps.Value);
            writer.WriteNumber("timestampEcho", stamps.EchoReply);
        }

        writer.WriteEndObject();
    }

    private static void WriteRelay(Utf8JsonWriter writer, TcpSessionReport session, StreamRelayResult relay)
    {
        writer.WriteNumber("sent", relay.Sent);
        writer.WriteNumber("received", relay.Received);
        writer.WriteNumber("pieces", relay.Chunks);
        writer.WriteString("ending", Camel(relay.Ending.ToString()));
        writer.WriteString("closed", Camel(relay.Close.ToString()));
        if (relay.Error is { } error) writer.WriteString("error", error.Describe());
        writer.WriteMilliseconds("durationMs", relay.Duration);
        var kept = session.Received.ToArray();
        if (Utf8.IsValid(kept)) writer.WriteString("data", Encoding.UTF8.GetString(kept));
        else writer.WriteBase64String("dataBase64", kept);
        if (relay.Received > kept.Length) writer.WriteBoolean("dataCut", true);
    }

    private static void WriteInfo(Utf8JsonWriter writer, TcpConnectionInfo info)
    {
        writer.WriteStartObject("tcpInfo");
        writer.WriteString("state", info.State);
        Time("roundTripMs", info.SmoothedRoundTrip);
        Time("roundTripVariationMs", info.RoundTripVariation);
        Time("leastRoundTripMs", info.MinimumRoundTrip);
        Time("retransmissionTimeoutMs", info.RetransmissionTimeout);
        Number("retransmissions", info.Retransmissions);
        Number("sendMss", info.SendMaximumSegmentSize);
        Number("receiveMss", info.ReceiveMaximumSegmentSize);
        Number("pathMtu", info.PathMtu);
        Number("congestionWindow", info.CongestionWindow);
        // Once it is closed, the kernel's counts hold the FINs, too.
        if (info.State != TcpStates.Closed)
        {
            Number("bytesAcknowledged", info.BytesAcknowledged);
            Number("bytesReceived", info.BytesReceived);
        }

        Number("segmentsOut", info.SegmentsOut);
        Number("segmentsIn", info.SegmentsIn);
        Number("sendWindowScale", info.SendWindowScale);
        Number("receiveWindowScale", info.ReceiveWindowScale);
        Flag("sack", info.SelectiveAcknowledgment);
        Flag("timestamps", info.Timestamps);
        Flag("ecn", info.ExplicitCongestionNotification);
        writer.WriteEndObject();

        void Time(string name, TimeSpan? value)
        {
            if (value is { } time) writer.WriteMilliseconds(name, time);
        }

        void Number(string name, long? value)
        {
            if (value is { } number) writer.WriteNumber(name, number);
        }

        void Flag(string name, bool? value)
        {
            if (value is { } flag) writer.WriteBoolean(name, flag);
        }
    }

    private static void WriteTeardown(Utf8JsonWriter writer, TeardownTranscript teardown)
    {
        writer.WriteStartObject("teardown");
        writer.WriteBoolean("captured", teardown.Segments.Count > 0);
        if (teardown.NotCaptured is { } why) writer.WriteString("why", why);
        writer.WriteString("kind", Camel(teardown.Kind.ToString()));
        writer.WriteString("closedFirst", Side(teardown.ClosedFirst));
        if (teardown.HalfClosedFor is { } time)
        {
            writer.WriteMilliseconds("halfClosedMs", time);
            writer.WriteNumber("octetsWhileHalfClosed", teardown.OctetsWhileHalfClosed);
        }

        writer.WriteBoolean("lastAcknowledged", teardown.LastAcknowledged);
        WriteSegments(writer, teardown.Segments);
        writer.WriteStartObject("timeWait");
        writer.WriteString("owner", Side(teardown.TimeWait.Owner));
        if (teardown.TimeWait.Socket is { } socket)
        {
            writer.WriteString("socket", $"{socket.Local} to {socket.Remote}");
            writer.WriteString("state", socket.State);
            writer.WriteString("end", teardown.TimeWait.IsPeersSocket ? "server" : "client");
            if (socket.Timer is { } timer) writer.WriteNumber("secondsLeft", Math.Round(timer.TotalSeconds, 3));
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static string Side(ClosingSide side) => side switch { ClosingSide.Here => "client", ClosingSide.Peer => "server", ClosingSide.Both => "both", _ => "unknown" };

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
