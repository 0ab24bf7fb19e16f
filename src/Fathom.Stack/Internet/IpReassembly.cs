using System.Diagnostics.CodeAnalysis;
using Fathom.Stack.Buffers;
using Fathom.Stack.Link;
using Fathom.Stack.Timing;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>Puts the fragments of one interface together: those of two links never belong to each other. Wire's reassembler has the rules and the limits.</summary>
internal sealed class IpReassembly(IpLayer ip, NetworkInterface on) : Deadline
{
    private readonly IpReassembler _reassembler = new(ip.Settings.Reassembly);

    /// <summary>Takes a fragment.</summary>
    /// <param name="fragment">From the IP header on; it stays the caller's.</param>
    /// <param name="version">Its version.</param>
    /// <param name="now">The time.</param>
    /// <param name="whole">The packet that it completed; the caller's.</param>
    public bool TryComplete(PacketBuffer fragment, IpVersion version, TimeSpan now, [NotNullWhen(true)] out PacketBuffer? whole)
    {
        whole = null;
        var counters = ip.CountersOf(version);
        counters.ReassemblyRequired++;
        var outcome = _reassembler.Accept(fragment.Span, now);
        Rearm();
        switch (outcome)
        {
            case ReassemblyOutcome.Completed completed:
                counters.Reassembled++;
                whole = ip.Pool.Rent(completed.Packet.Length);
                completed.Packet.Span.CopyTo(whole.Append(completed.Packet.Length));
                if (ip.Events.IsOn) ip.Events.Add(new PacketReassembled(now, on, completed.Id.Source, completed.Id.Destination, completed.Packet.Length, completed.Fragments));
                return true;
            case ReassemblyOutcome.Dropped dropped:
                counters.Drop(DropReason.Reassembly);
                if (ip.Events.IsOn) ip.Events.Add(new FragmentDropped(now, on, dropped.Id?.Source ?? default, dropped.Id?.Destination ?? default, dropped.Fault));

                // RFC 8200 §4.5: a piece that is no multiple of eight, or reaches beyond what a packet can be, is answered.
                if (version == IpVersion.V6 && dropped.Fault is ReassemblyFault.UnevenLength) ip.Errors.Report(fragment.Span, on, IcmpErrorKind.BadField, PayloadLengthAt, now);
                if (version == IpVersion.V6 && dropped.Fault is ReassemblyFault.TooLong) ip.Errors.Report(fragment.Span, on, IcmpErrorKind.BadField, FragmentOffsetAt(fragment.Span), now);
                return false;
            default:
                return false;
        }
    }

    public override void Expire(TimeSpan now)
    {
        foreach (var abandoned in _reassembler.HandleDeadline(now))
        {
            ip.NoteDrop(abandoned.Id.Source.Version, DropReason.ReassemblyTimeout, on, abandoned.Id.Source, abandoned.Id.Destination, now);

            // RFC 1122 §3.3.2, RFC 8200 §4.5: only who has the first fragment can say what is missing.
            if (abandoned.FirstFragment is { } first) ip.Errors.Report(first.Span, on, IcmpErrorKind.ReassemblyTimeExceeded, 0, now);
        }

        Rearm();
    }

    private const uint PayloadLengthAt = 4;

    // Where the field of that name stands in the packet: behind the next header and a reserved octet (RFC 8200 §4.5).
    private static uint FragmentOffsetAt(ReadOnlySpan<byte> packet)
    {
        if (!Ipv6Packet.TryRead(packet, out var view, out _)) return 0;
        foreach (var extension in view.EnumerateExtensions())
        {
            if (extension.Protocol == IpProtocol.Fragment) return (uint)(Ipv6Packet.HeaderLength + extension.Offset + 2);
        }

        return 0;
    }

    private void Rearm()
    {
        if (_reassembler.Deadline is { } at) ip.Deadlines.Set(this, at);
        else ip.Deadlines.Cancel(this);
    }
}
