using Fathom.Cli.Sockets;
using Fathom.Hosts.Transport;
using Fathom.Probes.Internet;
using Fathom.Probes.Transport;

namespace Fathom.Cli.Tcp;

/// <summary>What happened to a connection, in plain words and with its own numbers.</summary>
internal static class TcpExplanation
{
    /// <summary>The words.</summary>
    public static string Of(TcpSessionReport session)
    {
        var last = session.Attempts[^1];
        var sentences = new List<string>();
        switch (last.Result)
        {
            case ConnectResult.Connected:
                sentences.Add($"The connection took one exchange of SYN, SYN-ACK and ACK: {Amount.Time(last.Duration)} here.");
                break;
            case ConnectResult.Reset:
                sentences.Add("The SYN arrived and was answered by RST: the machine is there, and no program listens on the port. Start the server, or ask for the right port.");
                break;
            case ConnectResult.Unreachable u when u.Error.GetMeaning([]) is IcmpMeaning.PortUnreachable or IcmpMeaning.Prohibited:
                sentences.Add("A filter on the way, or on the machine itself, rejected the SYN and said so by ICMP. A TCP without a listener would have answered RST.");
                break;
            case ConnectResult.Unreachable:
                sentences.Add("The SYN did not get through: a router, or this machine, knows no way.");
                break;
            case ConnectResult.TimedOut:
                sentences.Add("Nothing came back, not even an error, although the SYN was sent again. A filter that drops in silence looks like this, and so does a machine that is not there.");
                break;
        }

        if (session.Handshake is HandshakeTranscript.Complete complete)
        {
            sentences.Add($"Each end chose a random first number ({complete.Syn.Sequence} and {complete.SynAck.Sequence}); the other acknowledged it plus one, for a SYN counts as one octet. From there every octet has its number.");
        }

        if (session.Relay is { HasHalfClosed: true, Ending: StreamRelayEnding.PeerEnded }) sentences.Add("At the end of the input a FIN was sent: this half was closed, and the other stayed open until the peer had said all.");
        if (session.Teardown is { Kind: TeardownKind.Orderly } orderly)
        {
            sentences.Add($"Whoever closes first keeps the pair of endpoints in TIME-WAIT, here {Word(orderly.ClosedFirst)}: so that a lost last ACK can be sent again, and late segments cannot stray into a new connection. A server that closed first and is started again therefore needs SO_REUSEADDR to take its port beside such leftovers.");
        }
        else if (session.Teardown is { Kind: TeardownKind.Reset })
        {
            sentences.Add("An RST throws away what is under way in both directions and leaves no TIME-WAIT.");
        }

        return string.Join(' ', sentences);
    }

    private static string Word(ClosingSide side) => side switch { ClosingSide.Here => "the client", ClosingSide.Peer => "the server", _ => "both ends" };
}
