using Fathom.Cli.Output;
using Fathom.Cli.Sockets;
using Fathom.Hosts.Transport;
using Fathom.Probes.Transport;
using Spectre.Console;

namespace Fathom.Cli.Tcp;

/// <summary>A teardown for people.</summary>
internal sealed class TeardownText(IAnsiConsole console, TeardownTranscript teardown)
{
    public void Write()
    {
        console.WriteLine();
        console.Write(Listing.Heading(teardown.Segments.Count > 0 ? "Teardown, as captured" : "Teardown, not captured"));
        console.WriteLine();
        if (teardown.Segments.Count > 0)
        {
            console.Write(SegmentTable.WithPayload(teardown.Segments));
            console.WriteLine();
        }

        console.Write(Listing.Fields([("why", teardown.NotCaptured ?? string.Empty), ("closed", Closed(teardown)), ("half-closed", HalfClosed()), ("TIME-WAIT", TimeWait(teardown.TimeWait))]));
    }

    /// <summary>Who closed, and how.</summary>
    public static string Closed(TeardownTranscript teardown)
    {
        var who = teardown.ClosedFirst switch { ClosingSide.Here => "the client", ClosingSide.Peer => "the server", ClosingSide.Both => "both at once", _ => "not known who" };
        return teardown.Kind switch
        {
            TeardownKind.Orderly when teardown.ClosedFirst == ClosingSide.Both => "both at once, each by FIN before it had the other's",
            TeardownKind.Orderly => $"{who} first, by FIN; {(teardown.ClosedFirst == ClosingSide.Here ? "the server" : "the client")} then, by FIN{(teardown.Segments.Count > 0 && !teardown.LastAcknowledged ? "; the last ACK was not seen" : string.Empty)}",
            TeardownKind.HalfClosed => $"{who}, by FIN; the other end has not closed so far",
            TeardownKind.Reset => $"{who}, by RST: at once, for both directions, and what was under way is lost",
            _ => "not known",
        };
    }

    /// <summary>Who keeps TIME-WAIT.</summary>
    public static string TimeWait(TimeWaitReport report)
    {
        if (report.Socket is { State: TcpStates.TimeWait } socket)
        {
            var left = socket.Timer is { } timer ? $", {Amount.Time(timer)} left" : string.Empty;
            return $"kept by {(report.IsPeersSocket ? "the server" : "the client")} (it is on this machine): {socket.Local} to {socket.Remote}{left}; no program owns it, the kernel does";
        }

        if (report.Socket is { State: { } state } other) return $"not yet: {other.Local} to {other.Remote} is in {state}, of {SocketText.Owner(other)}";
        return report.Owner switch
        {
            ClosingSide.Peer => "by RFC 9293 kept by the server, which closed first; its machine cannot be looked into from here",
            ClosingSide.Here => "by RFC 9293 kept by the client, which closed first; this system does not list it",
            ClosingSide.Both => "by RFC 9293 kept at both ends",
            _ => "none: a reset leaves no state behind",
        };
    }

    private string HalfClosed() => teardown.HalfClosedFor is { } time && teardown.ClosedFirst is ClosingSide.Here or ClosingSide.Peer
        ? $"for {Amount.Time(time)}, with {Amount.Octets(teardown.OctetsWhileHalfClosed)} still coming from {(teardown.ClosedFirst == ClosingSide.Here ? "the server" : "the client")}"
        : string.Empty;
}
