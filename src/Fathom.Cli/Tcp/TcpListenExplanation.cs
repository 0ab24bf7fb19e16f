using Fathom.Cli.Sockets;
using Fathom.Services.Transport;

namespace Fathom.Cli.Tcp;

/// <summary>What a listener did, in plain words.</summary>
internal static class TcpListenExplanation
{
    /// <summary>The words.</summary>
    public static string Of(TcpServerSummary summary, TcpServerOptions options)
    {
        var sentences = new List<string>
        {
            $"One socket listened, and every client got a socket of its own: {Amount.Count(summary.Served, "connection", "connections")}, told apart by the client's address and port.",
        };
        var byClient = summary.Ends.GetValueOrDefault(StreamEnd.PeerClosed);
        if (byClient > 0) sentences.Add($"{Amount.Count(byClient, "client", "clients")} closed first and {(byClient == 1 ? "keeps" : "keep")} TIME-WAIT at the client's end; a server that waits for its clients to close stays free of it.");
        sentences.Add(options.ReuseAddress
            ? "SO_REUSEADDR was set: connections of an earlier listener in TIME-WAIT do not keep the port from this one."
            : "SO_REUSEADDR was off: had a connection of an earlier listener been in TIME-WAIT on this port, binding it would have failed for up to a minute.");
        if (summary.TurnedAway > 0) sentences.Add("Clients beyond the limit were reset at once, so that they know; with --when-full=wait the kernel would have completed their handshakes and let them wait.");
        return string.Join(' ', sentences);
    }
}
