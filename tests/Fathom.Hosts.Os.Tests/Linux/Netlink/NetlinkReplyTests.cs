using Fathom.Hosts.Os.Linux.Native;
using Fathom.Hosts.Os.Linux.Netlink;

namespace Fathom.Hosts.Os.Tests.Linux.Netlink;

/// <summary>How a datagram from the kernel ends or continues a reply (netlink(7)).</summary>
public sealed class NetlinkReplyTests
{
    private const ushort Multi = 2, Interrupted = 0x10;

    [Fact]
    public void A_single_message_is_a_whole_reply()
    {
        var (state, _, bodies) = Read(Message(24, 0, 7, [1, 2, 3, 4]));
        Assert.Equal(NetlinkReply.State.Complete, state);
        Assert.Equal([1, 2, 3, 4], Assert.Single(bodies));
    }

    [Fact]
    public void A_dump_continues_until_DONE()
    {
        Assert.Equal(NetlinkReply.State.Continues, Read([.. Message(24, Multi, 7, [1]), .. Message(24, Multi, 7, [2])]).State);
        var (state, _, bodies) = Read([.. Message(24, Multi, 7, [1]), .. Message(3, Multi, 7, [0, 0, 0, 0])]);
        Assert.Equal(NetlinkReply.State.Complete, state);
        Assert.Single(bodies);
    }

    [Fact]
    public void An_error_is_told_by_its_number()
    {
        // Linux 6.18, RTM_GETROUTE for 203.0.113.9 without a default route: ENETUNREACH.
        var body = Convert.FromHexString("9BFFFFFF240000001A000100070000000000000002200000000000000000000008000100CB007109");
        var (state, error, _) = Read(Message(2, 0, 7, body));
        Assert.Equal((NetlinkReply.State.Failed, Errno.NetworkUnreachable), (state, error));
        // A dump that fails half-way says so in DONE.
        Assert.Equal(NetlinkReply.State.Failed, Read(Message(3, Multi, 7, [0xF4, 0xFF, 0xFF, 0xFF])).State);
    }

    [Fact]
    public void Other_sequence_numbers_belong_to_other_questions()
    {
        var (state, _, bodies) = Read([.. Message(24, 0, 6, [9]), .. Message(2, 0, 6, [0x9B, 0xFF, 0xFF, 0xFF]), .. Message(24, 0, 7, [1])]);
        Assert.Equal(NetlinkReply.State.Complete, state);
        Assert.Equal([1], Assert.Single(bodies));
    }

    [Fact]
    public void An_overrun_or_an_interrupted_dump_is_inconsistent()
    {
        Assert.Equal(NetlinkReply.State.Inconsistent, Read(Message(4, 0, 7, [])).State);
        Assert.Equal(NetlinkReply.State.Inconsistent, Read([.. Message(24, Multi | Interrupted, 7, [1]), .. Message(3, Multi, 7, [0, 0, 0, 0])]).State);
    }

    [Fact]
    public void A_length_that_does_not_fit_is_malformed()
    {
        var message = Message(24, Multi, 7, [1, 2, 3, 4]);
        for (var length = 1; length < message.Length; length++) Assert.Equal(NetlinkReply.State.Malformed, Read(message[..length]).State);
        HostOrder.WriteUInt32(message, 0, 15); // shorter than its header: must not loop
        Assert.Equal(NetlinkReply.State.Malformed, Read(message).State);
        HostOrder.WriteUInt32(message, 0, uint.MaxValue);
        Assert.Equal(NetlinkReply.State.Malformed, Read(message).State);
    }

    private static (NetlinkReply.State State, int Error, List<byte[]> Bodies) Read(byte[] datagram)
    {
        var bodies = new List<byte[]>();
        var interrupted = false;
        var state = NetlinkReply.Read(datagram, 7, (_, body) => bodies.Add(body.ToArray()), ref interrupted, out var error);
        return (state, error, bodies);
    }

    private static byte[] Message(ushort type, ushort flags, uint sequence, byte[] body)
    {
        var bytes = new byte[16 + ((body.Length + 3) & ~3)];
        HostOrder.WriteUInt32(bytes, 0, (uint)(16 + body.Length));
        HostOrder.WriteUInt16(bytes, 4, type);
        HostOrder.WriteUInt16(bytes, 6, flags);
        HostOrder.WriteUInt32(bytes, 8, sequence);
        body.CopyTo(bytes, 16);
        return bytes;
    }
}
