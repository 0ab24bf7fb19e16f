using System.Globalization;
using System.Text;
using Fathom.Stack.Events;
using Fathom.Stack.Internet;
using Fathom.Stack.Link;
using Fathom.Stack.Transport;
using Fathom.Stack.Transport.Tcp;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Cli.Host;

/// <summary>The stack's events in words.</summary>
internal static class TraceText
{
    /// <summary>An event of another layer.</summary>
    public static string Of(StackEvent happened) => happened switch
    {
        PacketDropped dropped => $"dropped: {Words(dropped.Reason)}",
        PacketReassembled whole => $"put together from {whole.Fragments} fragments: {whole.Length:N0} octets from {Bare(whole.Source)}",
        FragmentDropped fragment => $"fragment dropped: {Lower(fragment.Fault.ToString())}",
        UdpDropped { Reason: UdpDropReason.NoPort } udp => $"nobody listens on UDP port {udp.Destination.Port}",
        UdpDropped udp => $"UDP datagram dropped: {Lower(udp.Reason.ToString())}",
        IcmpErrorSent error => $"an ICMP error is sent to {Bare(error.Destination)}: {Icmp(error.Destination.Version, error.Type, error.Code)}",
        IcmpErrorSuppressed error => $"no ICMP error to {Bare(error.Destination)}: {error.Kind} is held back by the rate limit",
        NeighborChanged neighbor => $"neighbor {Bare(neighbor.Address)}{(neighbor.HardwareAddress is { } mac ? $" at {mac}" : string.Empty)}: {State(neighbor.Before)} to {State(neighbor.After)}, {Lower(neighbor.Reason.ToString())}",
        AddressChanged address => $"address {Bare(address.Address)}: {State(address.Before)} to {State(address.After)}",
        AddressConflict conflict => $"address conflict: {conflict.Other?.ToString() ?? "another host"} has {Bare(conflict.Address)}; {Words(conflict.Action)}",
        GroupReported group => $"group {Bare(group.Group)} is reported",
        RouterAdvertised { Lifetime.Ticks: 0 } router => $"router {Bare(router.Router)} is no default router",
        RouterAdvertised router => $"router {Bare(router.Router)} advertises itself for {router.Lifetime.TotalSeconds:0} s",
        RedirectReceived redirect => $"redirect from {Bare(redirect.Router)}: {Bare(redirect.Destination)} by {Bare(redirect.Target)}{(redirect.IsTaken ? string.Empty : ", not taken")}",
        PathMtuLowered lowered => $"path MTU to {Bare(lowered.Destination)}: {lowered.Before} to {lowered.Mtu}, says {Bare(lowered.Reporter)}",
        PathMtuRefused refused => $"path MTU {refused.Mtu} to {Bare(refused.Destination)} is not believed, says {Bare(refused.Reporter)}",
        _ => happened.ToString(),
    };

    /// <summary>An event of TCP, without its connection.</summary>
    public static string Of(TcpEvent happened) => happened switch
    {
        TcpEvent.Received received => Of(received.Segment),
        TcpEvent.Sent { Why: { } why } sent => $"{Of(sent.Segment)} ({Words(why)})",
        TcpEvent.Sent sent => Of(sent.Segment),
        TcpEvent.Dropped dropped => $"dropped: {Words(dropped.Why)}",
        TcpEvent.StateChanged changed => $"{Name(changed.From)} to {Name(changed.To)}: {Words(changed.Why)}",
        TcpEvent.Decided decided => Of(decided),
        TcpEvent.Ended ended => $"ended: {Words(ended.Ending)}",
        _ => happened.ToString(),
    };

    /// <summary>The event's name in JSON.</summary>
    public static string KindOf(TcpEvent happened) => happened switch
    {
        TcpEvent.Received => "received",
        TcpEvent.Sent => "sent",
        TcpEvent.Dropped => "dropped",
        TcpEvent.StateChanged => "state",
        TcpEvent.Decided => "decided",
        _ => "ended",
    };

    private static string Of(TcpSegmentSummary segment)
    {
        var text = new StringBuilder(segment.Flags.Describe());
        text.Append(CultureInfo.InvariantCulture, $" seq {segment.Sequence}");
        if (segment.Length > 0) text.Append(CultureInfo.InvariantCulture, $"-{segment.Sequence + (uint)segment.Length - 1} ({segment.Length})");
        if ((segment.Flags & TcpFlags.Ack) != 0) text.Append(CultureInfo.InvariantCulture, $" ack {segment.Acknowledgment}");
        text.Append(CultureInfo.InvariantCulture, $" win {segment.Window}");
        var options = segment.Options;
        if (options.MaximumSegmentSize is { } size) text.Append(CultureInfo.InvariantCulture, $" mss {size}");
        if (options.WindowScale is { } scale) text.Append(CultureInfo.InvariantCulture, $" wscale {scale}");
        if (options.SackPermitted) text.Append(" sackOK");
        for (var i = 0; i < options.SackBlocks.Count; i++) text.Append(CultureInfo.InvariantCulture, $" sack {options.SackBlocks[i].Left.Value}-{(options.SackBlocks[i].Right - 1).Value}");
        return text.ToString();
    }

    private static string Of(TcpEvent.Decided decided)
    {
        var about = decided.Sequence is { } sequence ? string.Create(CultureInfo.InvariantCulture, $" {sequence}") : string.Empty;
        var value = decided.Value != 0 ? string.Create(CultureInfo.InvariantCulture, $", {(IsSize(decided.Decision) ? "segments of" : "window")} {decided.Value}") : string.Empty;
        return Words(decided.Decision) + about + value;
    }

    private static bool IsSize(TcpDecision decision) => decision is TcpDecision.ProbePathMtu or TcpDecision.LowerPathMtu or TcpDecision.RaisePathMtu;

    private static string Name(TcpState state) => state switch
    {
        TcpState.Closed => "CLOSED",
        TcpState.Listen => "LISTEN",
        TcpState.SynSent => "SYN-SENT",
        TcpState.SynReceived => "SYN-RECEIVED",
        TcpState.Established => "ESTABLISHED",
        TcpState.FinWait1 => "FIN-WAIT-1",
        TcpState.FinWait2 => "FIN-WAIT-2",
        TcpState.CloseWait => "CLOSE-WAIT",
        TcpState.Closing => "CLOSING",
        TcpState.LastAck => "LAST-ACK",
        _ => "TIME-WAIT",
    };

    // There is one link, so that its number in the stack tells nothing.
    private static IpAddress Bare(IpAddress address) => address.WithZone(0);

    private static string Words(AddressConflictAction action) => action switch
    {
        AddressConflictAction.NotUsed => "it is not used here",
        AddressConflictAction.Defended => "it is announced again",
        AddressConflictAction.GivenUp => "it is given up here",
        _ => "nothing is done about it",
    };

    // "NotAMember" is "not a member": the enumerations name reasons in plain words.
    private static string Lower(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && text.Length > 0) text.Append(' ');
            text.Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }

    private static string State<T>(T? state)
        where T : struct, Enum
        => state is { } known ? known.ToString().ToUpperInvariant() : "none";

    private static string Icmp(IpVersion version, byte type, byte code)
        => version == IpVersion.V6 ? Icmpv6Text.Describe((Icmpv6Type)type, code) : IcmpText.Describe((IcmpType)type, code);

    private static string Words(DropReason reason) => reason switch
    {
        DropReason.NotAMember => "a group that this host is no member of",
        DropReason.NotForThisHost => "for another host",
        DropReason.Martian => "from or to an address that nobody may have",
        DropReason.OwnSource => "its source is this host's own address",
        _ => Lower(reason.ToString()),
    };

    private static string Words(TcpStateCause cause) => cause switch
    {
        TcpStateCause.Connect => "connect was called",
        TcpStateCause.SynReceived => "a SYN came",
        TcpStateCause.SynAckReceived => "a SYN-ACK came",
        TcpStateCause.SynAcknowledged => "the SYN is acknowledged",
        TcpStateCause.Close => "closed here",
        TcpStateCause.FinAcknowledged => "the FIN is acknowledged",
        TcpStateCause.FinReceived => "a FIN came",
        TcpStateCause.ResetReceived => "an RST came",
        TcpStateCause.Abort => "aborted here",
        TcpStateCause.Timeout => "a timer ran out",
        TcpStateCause.IcmpError => "an ICMP error came",
        _ => "a new connection takes its place",
    };

    private static string Words(TcpDecision decision) => decision switch
    {
        TcpDecision.MarkLost => "taken for lost:",
        TcpDecision.EnterRecovery => "recovery begins",
        TcpDecision.LeaveRecovery => "recovery ends",
        TcpDecision.EnterLoss => "time-out, loss assumed from",
        TcpDecision.LeaveLoss => "all of the time-out is acknowledged",
        TcpDecision.UndoReduction => "the retransmission was not needed, undone",
        TcpDecision.ReduceForCongestionMark => "congestion marked",
        TcpDecision.Retransmit => "retransmission",
        TcpDecision.RetransmitAfterTimeout => "retransmission, time-out",
        TcpDecision.ProbeTail => "tail loss probe",
        TcpDecision.ProbeWindow => "window probe",
        TcpDecision.ProbeKeepAlive => "keep-alive",
        TcpDecision.SlowSlowStart => "round trips grow, slower start",
        TcpDecision.LeaveSlowStart => "slow start ends",
        TcpDecision.Challenge => "challenge",
        TcpDecision.ProbePathMtu => "path MTU probe",
        TcpDecision.LowerPathMtu => "path MTU lowered",
        TcpDecision.RaisePathMtu => "path MTU raised",
        TcpDecision.SacksReneged => "the peer dropped what it had reported",
        TcpDecision.SendCookie => "SYN cookie",
        _ => "SYN cookie came back",
    };

    private static string Words(TcpDrop drop) => drop switch
    {
        TcpDrop.Malformed => "malformed",
        TcpDrop.Checksum => "wrong checksum",
        TcpDrop.NoSocket => "no connection, no listener",
        TcpDrop.OutOfWindow => "outside the window",
        TcpDrop.OldTimestamp => "old timestamp (PAWS)",
        TcpDrop.NoTimestamp => "no timestamp",
        TcpDrop.NoAcknowledgment => "no ACK",
        TcpDrop.AcknowledgesUnsent => "acknowledges what was never sent",
        TcpDrop.AcknowledgesOld => "acknowledges what is long acknowledged",
        TcpDrop.SuspectReset => "the RST may be forged",
        TcpDrop.SuspectSyn => "the SYN may be forged",
        TcpDrop.NoRoom => "no room",
        _ => "closed",
    };

    private static string Words(TcpEnding ending) => ending.Kind switch
    {
        TcpEndingKind.Closed => "closed by both",
        TcpEndingKind.Aborted => "aborted here",
        TcpEndingKind.Refused => "refused",
        TcpEndingKind.Reset => "reset by the peer",
        TcpEndingKind.TimedOut => "nothing was acknowledged for too long",
        TcpEndingKind.KeepAliveTimedOut => "keep-alives went unanswered",
        _ => "unreachable",
    };
}
