using Fathom.Hosts.Internet;
using Fathom.Hosts.Link;
using Fathom.Hosts.Os.Linux.Internet;
using Fathom.Hosts.Os.Linux.Link;

namespace Fathom.Hosts.Os.Tests.Linux.Netlink;

/// <summary>Messages that Linux 6.18 sent, and what `ip` showed of the same scene; then the same messages damaged.</summary>
public sealed class RecordedMessageTests
{
    // v0, a veth of index 3 with MTU 1400, up; cut after the hardware address.
    private const string Link =
        "00000100030000004310010000000000070003007630000008000D00E80300000500100006000000050011000000000005004300000000000800040078050000"
        + "080032004400000008003300FFFF000008001B000000000008001E000000000008003D000000000008001F000200000008002800FFFF00000800290000000100"
        + "08003A000000010008003F0000000100080040000000010008003B00F8FF070008003C00FFFF0000080042000000000008002000020000000500210001000000"
        + "080023000200000008002F000100000008003000010000000600440000000000060045000000000005002700000000000A000100021122334455 0000";

    private static readonly string[] Addresses =
    [
        "0218800003000000080001000A080001080002000A0800010700030076300000080008008000000014000600FFFFFFFFFFFFFFFFEA5A0700EA5A0700",
        "0220800003000000080001000A080102080002000A0801010700030076300000080008008000000014000600FFFFFFFFFFFFFFFFEB5A0700EB5A0700",
        "0A40A2000300000014000100FD0800000000000000000000000000011400060000000000FFFFFFFFEC5A0700EC5A070008000800A2000000",
        "0A40C0FD0300000014000100FE80000000000000001122FFFE33445514000600FFFFFFFFFFFFFFFFE75A0700E75A070008000800C000000005000B0003000000",
    ];

    private static readonly string[] Routes =
    [
        "02100000FE0300010000000008000F00FE000000080001000A320000080006004D0000000C0008000800020000050000080007000A080101080005000A0800020800040003000000",
        "02100000FE0300010000000008000F00FE000000080001000A330000240009001000000003000000080005000A0800031000000103000000080005000A080004",
        "02100000FE0300070000000008000F00FE000000080001000A3C0000",
        "02100000FE0300010000000008000F00FE000000080001000A460000160012000A00FE80000000000000000000000000000700000800040003000000",
        "0A000000FE0300010000000008000F00FE0000000C0008000800020014050000080006000004000014000500FE8000000000000000000000000000FE080004000300"
        + "000024000C0000000000000000000000000000000000000000000000000000000000000000000500140000000000",
    ];

    private static readonly string[] Neighbors =
    [
        "020000000300000080000001080001000A0800020A00020002000000000200000800040000000000140003002E0000002E0000002E00000000000000",
        "0A000000030000008000800114000100FD0800000000000000000000000000040A00020002000000000400000800040000000000140003002C0000002C0000002C00000000000000",
    ];

    [Fact]
    public void A_link_is_read()
    {
        var link = LinkMessage.Read(Bytes(Link))!;
        Assert.Equal((3, "v0", InterfaceKind.Ethernet, true, 1400), (link.Index, link.Name, link.Kind, link.IsUp, link.Mtu));
        Assert.True(link.HasCarrier);
        Assert.Equal("02:11:22:33:44:55", link.HardwareAddress.ToString());
    }

    [Fact]
    public void Addresses_are_read()
    {
        var read = Addresses.Select(hex => AddressMessage.Read(Bytes(hex), out _)!).Select(entry => $"{entry.Address}/{entry.PrefixLength} {entry.State}");
        // The second is "10.8.1.1 peer 10.8.1.2/32": ours is IFA_LOCAL. The last waits for duplicate address detection.
        Assert.Equal(["10.8.0.1/24 Preferred", "10.8.1.1/32 Preferred", "fd08::1/64 Deprecated", "fe80::11:22ff:fe33:4455%3/64 Tentative"], read);
    }

    [Fact]
    public void Routes_are_read()
    {
        var read = new List<HostRoute>();
        var mtus = new List<int?>();
        foreach (var hex in Routes)
        {
            RouteMessage.Read(Bytes(hex), read, out var mtu, keepCloned: false);
            mtus.Add(mtu);
        }

        Assert.Equal(
            [
                "10.50.0.0/16 Unicast 10.8.0.2 3 10.8.1.1 77 254", "10.51.0.0/16 Unicast 10.8.0.3 3  0 254", "10.51.0.0/16 Unicast 10.8.0.4 3  0 254",
                "10.60.0.0/16 Unreachable    0 254", "10.70.0.0/16 Unicast fe80::7%3 3  0 254", "::/0 Unicast fe80::fe%3 3  1024 254",
            ],
            read.Select(route => $"{route.Destination} {route.Kind} {route.Gateway} {route.InterfaceIndex} {route.Source} {route.Metric} {route.Table}"));
        Assert.Equal([1280, null, null, null, 1300], mtus);
    }

    [Fact]
    public void Neighbors_are_read()
        => Assert.Equal(
            ["10.8.0.2 3 Permanent 02:00:00:00:00:02 False", "fd08::4 3 Permanent 02:00:00:00:00:04 True"],
            Neighbors.Select(hex => NeighborTable.ReadMessage(Bytes(hex))!).Select(entry => $"{entry.Address} {entry.InterfaceIndex} {entry.State} {entry.HardwareAddress} {entry.IsRouter}"));

    [Fact]
    public void Damaged_messages_are_read_to_an_end_without_exception()
    {
        var random = new Random(42);
        foreach (var hex in (string[])[Link, .. Addresses, .. Routes, .. Neighbors])
        {
            var whole = Bytes(hex);
            for (var length = 0; length <= whole.Length; length++) ReadAll(whole.AsSpan(0, length));
            for (var round = 0; round < 2000; round++)
            {
                var damaged = whole.ToArray();
                for (var i = random.Next(1, 4); i > 0; i--) damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
                ReadAll(damaged);
            }
        }
    }

    private static void ReadAll(ReadOnlySpan<byte> bytes)
    {
        LinkMessage.Read(bytes);
        AddressMessage.Read(bytes, out _);
        RouteMessage.Read(bytes, [], out _, keepCloned: true);
        NeighborTable.ReadMessage(bytes);
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
