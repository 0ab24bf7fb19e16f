using Fathom.Stack.Transport.Tcp;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Stack.Tests.Support;

/// <summary>A connection between two hosts, opened over a <see cref="VirtualWire"/>.</summary>
internal sealed class TcpPair
{
    public TcpPair(bool v6 = false, int mtu = 1500, TcpSettings? left = null, TcpSettings? right = null, Action<TwoHosts>? prepare = null)
    {
        Hosts = new TwoHosts(mtu: mtu, left: new StackOptions { Tcp = left ?? new TcpSettings() }, right: new StackOptions { Tcp = right ?? new TcpSettings() });
        prepare?.Invoke(Hosts);
        var at = new IpEndpoint(v6 ? TwoHosts.RightV6 : TwoHosts.RightV4, 80);
        Assert.True(Hosts.Right.Tcp.TryListen(at, new TcpListenOptions(), out var listener, out _));
        Assert.True(Hosts.Left.Tcp.TryConnect(at, new TcpConnectOptions(), out var client, out _));
        Listener = listener;
        Client = client;
    }

    public TwoHosts Hosts { get; }

    public TcpListener Listener { get; }

    public TcpConnection Client { get; }

    public TcpConnection Server { get; private set; } = null!;

    public TcpPair Establish(double seconds = 0.1)
    {
        Hosts.Wire.Run(seconds);
        Assert.True(Listener.TryAccept(out var server));
        Server = server;
        Assert.Equal(TcpState.Established, Client.State);
        Assert.Equal(TcpState.Established, Server.State);
        return this;
    }

    public void Run(double seconds) => Hosts.Wire.Run(seconds);

    /// <summary>Sends octets from one end to the other, reading as they come, until all are there or the time is over.</summary>
    public byte[] Transfer(TcpConnection from, TcpConnection to, byte[] octets, double seconds, double step = 0.01)
    {
        var received = new List<byte>(octets.Length);
        var written = 0;
        var buffer = new byte[65536];
        for (var end = Hosts.Wire.Now + TimeSpan.FromSeconds(seconds); Hosts.Wire.Now < end && received.Count < octets.Length;)
        {
            if (written < octets.Length) written += Math.Max(0, from.Write(octets.AsSpan(written)));
            Hosts.Wire.Run(step);
            while (to.Read(buffer) is > 0 and var read) received.AddRange(buffer.AsSpan(0, read));
        }

        return [.. received];
    }

    public static byte[] Octets(int length, int seed = 1)
    {
        var octets = new byte[length];
        new Random(seed).NextBytes(octets);
        return octets;
    }
}
