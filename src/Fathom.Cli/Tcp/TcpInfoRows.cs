using Fathom.Cli.Sockets;
using Fathom.Hosts.Transport;

namespace Fathom.Cli.Tcp;

/// <summary>A connection's figures as label and value.</summary>
internal static class TcpInfoRows
{
    /// <summary>What a handshake has agreed, as the kernel tells afterwards.</summary>
    public static IEnumerable<(string Label, string Value)> Agreed(TcpConnectionInfo info)
    {
        yield return ("proven", $"state {info.State ?? "not told"}: SYN, SYN-ACK and ACK have passed; their numbers are not to be had");
        yield return ("SYN sent again", info.Retransmissions is { } again ? Amount.Count(again, "time", "times") : string.Empty);
        yield return ("MSS to send", info.SendMaximumSegmentSize is { } size ? $"{size}, after the peer's offer, the path and the options" : string.Empty);
        yield return ("window scale", Scale(info));
        yield return ("SACK", Agreement(info.SelectiveAcknowledgment));
        yield return ("timestamps", Agreement(info.Timestamps));
        yield return ("ECN", Agreement(info.ExplicitCongestionNotification));
        yield return ("round trip", info.SmoothedRoundTrip is { } rtt ? Amount.Time(rtt) : string.Empty);
    }

    /// <summary>All that is told.</summary>
    public static IEnumerable<(string Label, string Value)> All(TcpConnectionInfo info)
    {
        yield return ("state", info.State == TcpStates.Closed ? "CLOSED, as both ends have closed by now" : info.State ?? string.Empty);
        yield return ("round trip", RoundTrip(info));
        yield return ("retransmission timeout", info.RetransmissionTimeout is { } rto ? Amount.Time(rto) : string.Empty);
        yield return ("retransmitted", info.Retransmissions is { } again ? Amount.Count(again, "segment", "segments") : string.Empty);
        yield return ("MSS", info.SendMaximumSegmentSize is { } send ? info.ReceiveMaximumSegmentSize is { } received ? $"{send} to send, {received} seen from the peer" : $"{send} to send" : string.Empty);
        yield return ("path MTU", info.PathMtu is { } mtu ? Amount.Octets(mtu) : string.Empty);
        yield return ("congestion window", info.CongestionWindow is { } window ? Amount.Count(window, "segment", "segments") : string.Empty);
        yield return ("window scale", Scale(info));
        yield return ("options", $"SACK {Agreement(info.SelectiveAcknowledgment)}, timestamps {Agreement(info.Timestamps)}, ECN {Agreement(info.ExplicitCongestionNotification)}");
        yield return ("segments", info.SegmentsOut is { } outgoing ? $"{outgoing} out, {info.SegmentsIn} in" : string.Empty);
        // Once it is closed, the kernel's counts hold the FINs, too.
        yield return ("octets", info.State != TcpStates.Closed && info.BytesAcknowledged is { } acknowledged ? $"{acknowledged} acknowledged by the peer, {info.BytesReceived} received" : string.Empty);
    }

    private static string RoundTrip(TcpConnectionInfo info) => info.SmoothedRoundTrip is { } smoothed
        ? $"{Amount.Time(smoothed)} smoothed, variation {Amount.Time(info.RoundTripVariation ?? default)}{(info.MinimumRoundTrip is { } least ? $", least {Amount.Time(least)}" : string.Empty)}"
        : string.Empty;

    private static string Scale(TcpConnectionInfo info)
        => info.ReceiveWindowScale is { } ours && info.SendWindowScale is { } theirs ? $"ours x{1 << ours}, the peer's x{1 << theirs}" : "not agreed";

    private static string Agreement(bool? agreed) => agreed switch { true => "yes", false => "no", _ => "not told" };
}
