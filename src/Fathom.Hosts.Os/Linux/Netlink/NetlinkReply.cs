using Fathom.Hosts.Os.Linux.Native;

namespace Fathom.Hosts.Os.Linux.Netlink;

/// <summary>Reads the messages of one datagram from the kernel (netlink(7)).</summary>
internal static class NetlinkReply
{
    private const ushort NoOperation = 1; // NLMSG_NOOP
    private const ushort Error = 2; // NLMSG_ERROR
    private const ushort Done = 3; // NLMSG_DONE
    private const ushort Overrun = 4; // NLMSG_OVERRUN
    private const ushort MultiPart = 0x2; // NLM_F_MULTI
    private const ushort Interrupted = 0x10; // NLM_F_DUMP_INTR

    /// <summary>Where a datagram left the reply.</summary>
    public enum State
    {
        /// <summary>More datagrams follow.</summary>
        Continues,

        /// <summary>The reply is complete.</summary>
        Complete,

        /// <summary>The kernel answered with an errno.</summary>
        Failed,

        /// <summary>Messages were lost, or the table changed during a dump: ask again.</summary>
        Inconsistent,

        /// <summary>A length does not fit.</summary>
        Malformed,
    }

    /// <summary>Walks the messages with this sequence number; others belong to an earlier question and are skipped.</summary>
    /// <param name="datagram">What was received.</param>
    /// <param name="sequence">The question's number.</param>
    /// <param name="handler">Takes the messages.</param>
    /// <param name="interrupted">Set when the kernel marked a message as part of a dump that changed under way.</param>
    /// <param name="error">The errno, for <see cref="State.Failed"/>.</param>
    public static State Read(ReadOnlySpan<byte> datagram, uint sequence, NetlinkMessageHandler handler, ref bool interrupted, out int error)
    {
        error = 0;
        while (datagram.Length >= NetlinkRequest.HeaderLength)
        {
            var length = HostOrder.ReadUInt32(datagram, 0);
            if (length < NetlinkRequest.HeaderLength || length > (uint)datagram.Length) return State.Malformed;
            var type = HostOrder.ReadUInt16(datagram, 4);
            var flags = HostOrder.ReadUInt16(datagram, 6);
            var isOurs = HostOrder.ReadUInt32(datagram, 8) == sequence;
            var body = datagram[NetlinkRequest.HeaderLength..(int)length];
            var aligned = ((int)length + 3) & ~3;
            datagram = aligned >= datagram.Length ? default : datagram[aligned..];
            if (type == Overrun) return State.Inconsistent;
            if (!isOurs) continue;
            if ((flags & Interrupted) != 0) interrupted = true;
            switch (type)
            {
                case NoOperation:
                    continue;
                case Error or Done:
                    // Done carries an errno too when a dump failed half-way.
                    error = body.Length >= 4 ? -HostOrder.ReadInt32(body, 0) : 0;
                    if (error != 0) return State.Failed;
                    return interrupted ? State.Inconsistent : State.Complete;
                default:
                    handler(type, body);
                    if ((flags & MultiPart) == 0) return State.Complete;
                    continue;
            }
        }

        return datagram.IsEmpty ? State.Continues : State.Malformed;
    }
}
