using Fathom.Stack.Tests.Support;
using Fathom.Stack.Transport.Tcp;

namespace Fathom.Stack.Tests.Transport.Tcp;

/// <summary>Segments that vanish for their size (RFC 2923 §2.1), and those that seemed to (RFC 4821, RFC 8899).</summary>
public class BlackHoleTests
{
    private const int Mtu = 1500;
    private readonly TcpPair _pair = new TcpPair().Establish();
    private int _limit = Mtu;

    public BlackHoleTests() => _pair.Hosts.Wire.Loses = f => f.Bytes.Length > _limit;

    [Fact]
    public void The_size_is_found_and_kept()
    {
        _limit = 1400;
        Send(4_000_000);
        var found = _pair.Client.GetInfo().SendSegmentSize + 52;
        Assert.InRange(found, 1400 - 8, 1400);
    }

    [Fact]
    public void A_larger_one_is_tried_again_after_ten_minutes()
    {
        _limit = 1400;
        Send(4_000_000);
        _limit = Mtu;
        Send(400_000);
        Assert.InRange(_pair.Client.GetInfo().SendSegmentSize + 52, 1, 1400);
        _pair.Run(601);
        Send(400_000);
        Assert.InRange(_pair.Client.GetInfo().SendSegmentSize + 52, Mtu - 8, Mtu);
    }

    [Fact]
    public void One_probe_that_is_lost_by_chance_is_sent_again()
    {
        _limit = 1100;
        Send(3_000);
        Assert.InRange(_pair.Client.GetInfo().SendSegmentSize, 1, 1024);
        _limit = Mtu;
        var lost = 0;
        _pair.Hosts.Wire.Loses = f => f.Bytes.Length > 1100 && lost++ < 2;
        Send(400_000);
        Assert.True(lost > 2);
        Assert.InRange(_pair.Client.GetInfo().SendSegmentSize + 52, Mtu - 8, Mtu);
    }

    [Fact]
    public void A_path_that_was_only_slow_gets_its_large_segments_back()
    {
        // All is late by seconds, and nothing is lost: what comes back tells it by its timestamps (RFC 3522).
        var held = new List<WireFrame>();
        var holds = true;
        _pair.Hosts.Wire.Loses = f =>
        {
            if (!holds || f.From != _pair.Hosts.LeftPort) return false;
            held.Add(f);
            return true;
        };
        _pair.Client.Write(TcpPair.Octets(20_000));
        _pair.Run(5);
        Assert.InRange(_pair.Client.GetInfo().SendSegmentSize, 1, 1024);
        holds = false;
        foreach (var frame in held) _pair.Hosts.Wire.Inject(frame.Bytes, _pair.Hosts.LeftPort);
        _pair.Run(1);
        Assert.Equal(1448, _pair.Client.GetInfo().SendSegmentSize);
    }

    [Fact]
    public void Segments_as_large_have_arrived_so_that_four_time_outs_are_taken_for_loss()
    {
        Send(20_000);
        var isCut = true;
        _pair.Hosts.Wire.Loses = _ => isCut;
        _pair.Client.Write(TcpPair.Octets(20_000));

        // 0.2, 0.6, 1.4 and 3 s after the first sending.
        _pair.Run(4);
        Assert.Equal(1448, _pair.Client.GetInfo().SendSegmentSize);
        isCut = false;
        _pair.Run(10);
        Assert.Equal(1448, _pair.Client.GetInfo().SendSegmentSize);
    }

    [Fact]
    public void A_path_that_swallows_large_segments_from_now_on_is_found_all_the_same()
    {
        Send(20_000);
        _limit = 1100;
        Send(20_000);
        Assert.InRange(_pair.Client.GetInfo().SendSegmentSize, 1, 1100 - 52);
    }

    private void Send(int octets)
    {
        var sent = TcpPair.Octets(octets);
        Assert.Equal(sent, _pair.Transfer(_pair.Client, _pair.Server, sent, 120));
    }
}
