using Fathom.Stack.Buffers;
using Fathom.Stack.Link;
using Fathom.Stack.Tests.Support;
using Fathom.Stack.Transport.Tcp;
using Fathom.Wire.Transport;

namespace Fathom.Stack.Tests.Transport.Tcp;

/// <summary>A driver that reads all that waits before it writes: every acknowledgment of a window comes before the next segment goes.</summary>
public class BatchedAcknowledgmentTests
{
    private readonly PacketPool _pool = new();
    private TimeSpan _now = TimeSpan.FromSeconds(1);

    [Fact]
    public void The_window_grows_again_after_a_loss()
    {
        var (left, leftPort) = Make(1);
        var (right, rightPort) = Make(2);
        var at = new IpEndpoint(TwoHosts.RightV4, 80);
        Assert.True(right.Tcp.TryListen(at, new TcpListenOptions(), out var listener, out _));
        Assert.True(left.Tcp.TryConnect(at, new TcpConnectOptions(), out var client, out _));
        var octets = new byte[1 << 20];
        TcpConnection? server = null;
        for (var i = 0; i < 3; i++) Exchange(loses: false);
        Assert.True(listener.TryAccept(out server));
        for (var i = 0; i < 10; i++) Exchange(loses: i == 5);
        Assert.Equal(TcpCongestionState.Open, client.GetInfo().CongestionState);
        var after = client.GetInfo().CongestionWindow;
        const int Rounds = 40;
        for (var i = 0; i < Rounds; i++) Exchange(loses: false);

        // RFC 9438 §4.3: at least as fast as Reno's with alpha 9/17: more than half a segment in each round trip.
        Assert.InRange(client.GetInfo().CongestionWindow, after + (Rounds / 2 * 1448), int.MaxValue);

        void Exchange(bool loses)
        {
            client.Write(octets);
            Carry(left, leftPort, right, rightPort, loses);
            while (server?.Read(octets) > 0) continue;
            Carry(right, rightPort, left, leftPort, loses: false);
        }
    }

    private void Carry(NetworkStack from, NetworkInterface fromPort, NetworkStack to, NetworkInterface toPort, bool loses)
    {
        _now += TimeSpan.FromMilliseconds(1);
        if (from.Deadline <= _now) from.HandleDeadline(_now);
        var frames = new List<PacketBuffer>();
        while (from.TryTransmit(fromPort, _now, out var frame)) frames.Add(frame);
        _now += TimeSpan.FromMilliseconds(1);
        if (to.Deadline <= _now) to.HandleDeadline(_now);
        for (var i = 0; i < frames.Count; i++)
        {
            if (loses && i == 2) _pool.Return(frames[i]);
            else to.Receive(toPort, frames[i], _now);
        }
    }

    private (NetworkStack Stack, NetworkInterface Port) Make(byte number)
    {
        var stack = new NetworkStack(new StackOptions(), new SeededRandom(number), _pool);
        var port = stack.AddInterface(new InterfaceOptions { Name = "wire0" });
        stack.AddAddress(port, number == 1 ? TwoHosts.LeftV4 : TwoHosts.RightV4, 24);
        return (stack, port);
    }
}
