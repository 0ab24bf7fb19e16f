using Fathom.Stack.Tests.Support;
using Fathom.Stack.Transport.Tcp;
using Fathom.Wire.Transport;

namespace Fathom.Stack.Tests.Transport.Tcp;

/// <summary>Every change of state of a passive open is told once, with its cause (RFC 9293 §3.3.2, figure 5).</summary>
public class PassiveOpenEventTests
{
    [Theory]
    [InlineData(TcpCookieMode.WhenFull)]
    [InlineData(TcpCookieMode.Always)]
    public void A_handshake_has_two_changes(TcpCookieMode cookies)
    {
        var peer = new RawPeer(new TcpSettings { SynCookies = cookies });
        peer.Open();
        Assert.Equal(
            [(TcpState.Listen, TcpState.SynReceived, TcpStateCause.SynReceived), (TcpState.SynReceived, TcpState.Established, TcpStateCause.SynAcknowledged)],
            Changes(peer));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void One_that_comes_to_nothing_goes_back_to_LISTEN(bool isReset)
    {
        var peer = new RawPeer(new TcpSettings { SynCookies = TcpCookieMode.Never });
        peer.Send(TcpFlags.Syn, 0);
        peer.Run(0.01);
        if (isReset) peer.Send(TcpFlags.Rst, 1);
        peer.Run(isReset ? 0.01 : 200);
        Assert.Equal(
            [(TcpState.Listen, TcpState.SynReceived, TcpStateCause.SynReceived), (TcpState.SynReceived, TcpState.Listen, isReset ? TcpStateCause.ResetReceived : TcpStateCause.Timeout)],
            Changes(peer));
    }

    private static IEnumerable<(TcpState From, TcpState To, TcpStateCause Why)> Changes(RawPeer peer)
    {
        while (peer.Stack.TryTakeEvent(out var happened))
        {
            if (happened is TcpEvent.StateChanged changed) yield return (changed.From, changed.To, changed.Why);
        }
    }
}
