using System.Globalization;
using Fathom.Stack.Link;
using Fathom.Stack.Transport.Tcp;
using Fathom.Wire.Transport;

namespace Luck;

/// <summary>Goodput of one transfer by loss, round trip and buffer, on a virtual clock: the same on every machine.</summary>
internal static class GoodputTable
{
    private const long Rate = 100_000_000;
    private const int Mtu = 1500;
    private const int Seeds = 3;
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(30);
    private static readonly double[] Losses = [0, 0.0001, 0.001, 0.01, 0.05];
    private static readonly int[] RoundTrips = [1, 10, 50, 200];

    // Parts of rate times round trip that the router holds.
    private static readonly double[] Buffers = [0.2, 1];

    public static void Print(TextWriter output)
    {
        output.WriteLine("| round trip | buffer | " + string.Join(" | ", Losses.Select(static l => l.ToString("P2", CultureInfo.InvariantCulture))) + " |");
        output.WriteLine("|---:|---:|" + string.Concat(Enumerable.Repeat("---:|", Losses.Length)));
        foreach (var roundTrip in RoundTrips)
        {
            foreach (var buffer in Buffers)
            {
                var cells = Losses.Select(loss => Enumerable.Range(1, Seeds).Average(seed => Measure(loss, roundTrip, buffer, seed)).ToString("0.0", CultureInfo.InvariantCulture));
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {roundTrip} ms | {buffer:0.0} | {string.Join(" | ", cells)} |"));
            }
        }
    }

    /// <summary>Megabits a second of data.</summary>
    public static double Measure(double loss, int roundTripMilliseconds, double buffer, int seed)
    {
        var delay = TimeSpan.FromMilliseconds(roundTripMilliseconds / 2.0);
        var queue = (int)Math.Max(10 * Mtu, Rate / 8.0 * roundTripMilliseconds / 1000 * buffer);
        var there = new LinkConditions { Rate = Rate, Delay = delay, Loss = loss, Queue = queue };
        var back = new LinkConditions { Rate = Rate, Delay = delay, Queue = queue };
        var settings = new TcpSettings { MaximumReceiveBuffer = 16 * 1024 * 1024, MaximumSendBuffer = 16 * 1024 * 1024 };
        var hosts = new TwoHosts(seed, Mtu, InterfaceOffloads.None, there, back, settings, settings);
        var at = new IpEndpoint(TwoHosts.RightV4, 80);
        if (!hosts.Right.Tcp.TryListen(at, new TcpListenOptions(), out var listener, out _) || !hosts.Left.Tcp.TryConnect(at, new TcpConnectOptions(), out var client, out _)) return 0;
        TcpConnection? server = null;
        var buffered = new byte[64 * 1024];
        long read = 0;
        while (true)
        {
            if (server is null) listener.TryAccept(out server);
            while (client.Write(buffered) == buffered.Length)
            {
            }

            while (server?.Read(buffered) is > 0 and var taken) read += taken;
            hosts.Pump();
            if (hosts.Next is not { } next || next > Length) break;
            hosts.Step(next);
        }

        return read * 8 / Length.TotalSeconds / 1e6;
    }

    /// <summary>Seconds that a transfer takes where packets are lost both ways; the most is an hour.</summary>
    public static (double Seconds, TcpInfo? Info) MeasureShort(double loss, int roundTripMilliseconds, int octets, int seed)
    {
        var link = new LinkConditions { Rate = Rate, Delay = TimeSpan.FromMilliseconds(roundTripMilliseconds / 2.0), Loss = loss, Queue = 1 << 20 };
        var hosts = new TwoHosts(seed, Mtu, InterfaceOffloads.None, link, link, new TcpSettings(), new TcpSettings());
        var at = new IpEndpoint(TwoHosts.RightV4, 80);
        if (!hosts.Right.Tcp.TryListen(at, new TcpListenOptions(), out var listener, out _) || !hosts.Left.Tcp.TryConnect(at, new TcpConnectOptions(), out var client, out _)) return (0, null);
        TcpConnection? server = null;
        var buffered = new byte[64 * 1024];
        var written = 0;
        long read = 0;
        while (true)
        {
            if (server is null) listener.TryAccept(out server);
            while (written < octets && client.Write(buffered.AsSpan(0, Math.Min(buffered.Length, octets - written))) is > 0 and var taken) written += taken;
            while (server?.Read(buffered) is > 0 and var got) read += got;
            if (read >= octets) return (hosts.Now.TotalSeconds, client.GetInfo());
            hosts.Pump();
            if (hosts.Next is not { } next || client.Ending is not null || next > TimeSpan.FromHours(1)) return (3600, client.GetInfo());
            hosts.Step(next);
        }
    }
}
