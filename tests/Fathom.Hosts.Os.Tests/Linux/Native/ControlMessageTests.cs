using Fathom.Hosts.Os.Linux.Link;
using Fathom.Hosts.Os.Linux.Native;

namespace Fathom.Hosts.Os.Tests.Linux.Native;

/// <summary>Ancillary data as the kernel lays it out, whole and damaged.</summary>
public sealed class ControlMessageTests
{
    // A time stamp of 2026-11-23T09:03:25Z and 123456789 ns, TTL 63, and an ICMP time exceeded from 10.77.1.254 (EHOSTUNREACH).
    private const string Control =
        "2000000000000000 01000000 23000000 BDE4046A00000000 15CD5B0700000000"
        + "1400000000000000 00000000 02000000 3F000000 00000000"
        + "3000000000000000 00000000 0B000000 71000000 02 0B 00 00 00000000 00000000 0200 0000 0A4D01FE 0000000000000000";

    [Fact]
    public void Time_stamp_hop_limit_and_error_are_read()
    {
        var message = default(ReceivedMessage);
        message.ReadControl(Bytes());
        Assert.Equal(0x6A04E4BDL * 1_000_000_000 + 123456789, message.WallNanoseconds);
        Assert.Equal((byte)63, message.HopLimit);
        var error = message.Error!.Value;
        Assert.Equal((113, (byte)2, (byte)11, (byte)0), (error.Error, error.Origin, error.Type, error.Code));
        Assert.Equal("10.77.1.254", error.Offender.ToString());
    }

    [Fact]
    public void Damaged_data_is_read_to_an_end_without_exception()
    {
        var whole = Bytes();
        var random = new Random(7);
        for (var length = 0; length <= whole.Length; length++) Read(whole.AsSpan(0, length));
        for (var round = 0; round < 5000; round++)
        {
            var damaged = whole.ToArray();
            for (var i = random.Next(1, 4); i > 0; i--) damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            Read(damaged);
        }
    }

    private static void Read(ReadOnlySpan<byte> bytes)
    {
        default(ReceivedMessage).ReadControl(bytes);
        PacketMetadata.Read(bytes);
        ExtendedError.Read(bytes);
        SocketAddress.TryRead(bytes, out _);
        PacketAddress.Read(bytes);
    }

    private static byte[] Bytes() => Convert.FromHexString(Control.Replace(" ", "", StringComparison.Ordinal));
}
