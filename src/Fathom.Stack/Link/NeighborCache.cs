using System.Diagnostics.CodeAnalysis;
using Fathom.Stack.Buffers;
using Fathom.Stack.Events;
using Fathom.Stack.Security;
using Fathom.Stack.Timing;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Stack.Link;

/// <summary>
/// The neighbors of an Ethernet interface, with the states of RFC 4861 §7.3 for both versions: for IPv4 ARP asks the questions (RFC 826, RFC 1122 §2.3.2).
/// </summary>
internal sealed class NeighborCache
{
    private readonly NetworkInterface _interface;
    private readonly INeighborMachine _machine;
    private readonly NeighborSettings _settings;
    private readonly DeadlineQueue _deadlines;
    private readonly EventLog _events;
    private readonly PacketPool _pool;
    private readonly StackRandom _random;
    private readonly Dictionary<IpAddress, NeighborEntry> _entries;
    private readonly List<NeighborEntry> _ring = [];

    // Who is passed packets for one neighbor usually has more of them.
    private NeighborEntry? _latest;
    private int _hand;
    private int _waiting;

    public NeighborCache(
        NetworkInterface on, INeighborMachine machine, NeighborSettings settings, DeadlineQueue deadlines, EventLog events, PacketPool pool, StackRandom random)
    {
        _interface = on;
        _machine = machine;
        _settings = settings;
        _deadlines = deadlines;
        _events = events;
        _pool = pool;
        _random = random;
        _entries = new Dictionary<IpAddress, NeighborEntry>(new AddressComparer(random));
        RetransmitTimer = settings.RetransmitTimer;
        SetReachableTime(settings.ReachableTime);
    }

    public IReadOnlyList<NeighborEntry> Entries => _ring;

    /// <summary>Between questions; routers may say otherwise (RFC 4861 §6.3.4).</summary>
    public TimeSpan RetransmitTimer { get; set; }

    /// <summary>How long a neighbor that was seen counts as reachable on this interface.</summary>
    public TimeSpan ReachableTime { get; private set; }

    /// <summary>Takes the base of the reachable time; what counts is a random time around it, so that hosts do not ask in step (RFC 4861 §6.3.2).</summary>
    public void SetReachableTime(TimeSpan middle)
        => ReachableTime = middle * (0.5 + (_random.NextUInt32() / (double)uint.MaxValue));

    public bool TryFind(IpAddress address, [NotNullWhen(true)] out NeighborEntry? entry) => _entries.TryGetValue(address, out entry);

    /// <summary>True for a neighbor that was asked and did not answer.</summary>
    public bool IsUnreachable(IpAddress address) => _entries.TryGetValue(address, out var entry) && entry.State == ReachabilityState.Failed;

    /// <summary>Puts the link header on and sends, or lets the packet wait until the neighbor is found.</summary>
    /// <param name="packet">From its IP header on.</param>
    /// <param name="nextHop">The neighbor, a group, or the broadcast address.</param>
    /// <param name="known">The neighbor as the caller found it last time; taken where it is still right.</param>
    /// <param name="sawProgress">An upper layer vouches for the neighbor.</param>
    /// <param name="now">The time.</param>
    public void Send(PacketBuffer packet, IpAddress nextHop, ref NeighborEntry? known, bool sawProgress, TimeSpan now)
    {
        var entry = known ?? _latest;
        if (entry is null || entry.IsForgotten || entry.Address != nextHop)
        {
            if (!_entries.TryGetValue(nextHop, out entry))
            {
                if (MulticastMapping.MacOf(nextHop) is { } group)
                {
                    Transmit(packet, group, nextHop.IsV4);
                    return;
                }

                if (nextHop.IsV4 && _machine.IsBroadcast(_interface, nextHop))
                {
                    Transmit(packet, MacAddress.Broadcast, isV4: true);
                    return;
                }

                entry = Add(nextHop, now);
                Note(entry, null, NeighborReason.PacketToSend, now);
            }

            _latest = entry;
        }

        known = entry;
        entry.WasUsed = true;
        if (sawProgress && entry.State is not (ReachabilityState.Incomplete or ReachabilityState.Failed or ReachabilityState.Permanent)) Confirm(entry, NeighborReason.UpperLayerProgress, now);
        if (entry.State == ReachabilityState.Reachable && now >= entry.ReachableUntil) SetState(entry, ReachabilityState.Stale, NeighborReason.ReachableTimeOver, now);
        switch (entry.State)
        {
            case ReachabilityState.Stale:
                // RFC 4861 §7.3.3: the packet goes, and its arrival may be vouched for before anybody is asked.
                SetState(entry, ReachabilityState.Delay, NeighborReason.PacketToSend, now);
                _deadlines.Set(entry, now + _settings.DelayFirstProbe);
                break;
            case ReachabilityState.Failed:
                SetState(entry, ReachabilityState.Incomplete, NeighborReason.PacketToSend, now);
                Wait(entry, packet);
                Ask(entry, now);
                return;
            case ReachabilityState.Incomplete:
                Wait(entry, packet);
                if (entry.Solicitations == 0) Ask(entry, now);
                return;
        }

        Transmit(packet, entry.HardwareAddress, nextHop.IsV4);
    }

    /// <summary>An answer, asked for or not: an ARP reply, a neighbor advertisement (RFC 4861 §7.2.5).</summary>
    /// <param name="address">The neighbor.</param>
    /// <param name="mac">Its MAC address; null where the answer has none.</param>
    /// <param name="isSolicited">It answers a question.</param>
    /// <param name="isOverride">It is to replace another MAC address.</param>
    /// <param name="isRouter">It says that it is a router; null: the protocol does not say.</param>
    /// <param name="now">The time.</param>
    public void TakeAnswer(IpAddress address, MacAddress? mac, bool isSolicited, bool isOverride, bool? isRouter, TimeSpan now)
    {
        // What nobody here talks to need not be known.
        if (!_entries.TryGetValue(address, out var entry) || entry.State == ReachabilityState.Permanent) return;
        if (!entry.HasHardwareAddress)
        {
            if (mac is not { } first) return;
            entry.HardwareAddress = first;
            entry.IsRouter = isRouter ?? entry.IsRouter;
            if (isSolicited) Confirm(entry, NeighborReason.Answered, now);
            else SetStale(entry, NeighborReason.Heard, now);
            return;
        }

        var isOther = mac is { } told && told != entry.HardwareAddress;
        if (isOther && !isOverride)
        {
            if (entry.State == ReachabilityState.Reachable) SetStale(entry, NeighborReason.AddressChanged, now);
            return;
        }

        if (isOther) entry.HardwareAddress = mac!.Value;
        if (isSolicited) Confirm(entry, NeighborReason.Answered, now);
        else if (isOther) SetStale(entry, NeighborReason.AddressChanged, now);
        if (isRouter is not { } router) return;
        var wasRouter = entry.IsRouter;
        entry.IsRouter = router;
        if (wasRouter && !router) _machine.NoteNoRouter(_interface, entry, now);
    }

    /// <summary>A neighbor has asked something, and told its own MAC address with it (RFC 826, RFC 4861 §7.2.3).</summary>
    public void Learn(IpAddress address, MacAddress mac, bool isRouter, TimeSpan now)
    {
        if (!_entries.TryGetValue(address, out var entry))
        {
            entry = Add(address, now);
            entry.HardwareAddress = mac;
            entry.State = ReachabilityState.Stale;
            entry.IsRouter = isRouter;
            Note(entry, null, NeighborReason.Heard, now);
            return;
        }

        if (isRouter) entry.IsRouter = true;
        if (entry.State == ReachabilityState.Permanent || (entry.HasHardwareAddress && entry.HardwareAddress == mac)) return;
        var reason = entry.HasHardwareAddress ? NeighborReason.AddressChanged : NeighborReason.Heard;
        entry.HardwareAddress = mac;
        SetStale(entry, reason, now);
    }

    /// <summary>Sets a neighbor by hand.</summary>
    public void SetPermanent(IpAddress address, MacAddress mac, TimeSpan now)
    {
        if (!_entries.TryGetValue(address, out var entry)) entry = Add(address, now);
        entry.HardwareAddress = mac;
        SetState(entry, ReachabilityState.Permanent, NeighborReason.Configured, now);
        _deadlines.Cancel(entry);
        Release(entry);
    }

    /// <summary>Forgets a neighbor; packets that wait for it are lost.</summary>
    public bool Remove(IpAddress address, TimeSpan now)
    {
        if (!_entries.TryGetValue(address, out var entry)) return false;
        Forget(entry, NeighborReason.Configured, now);
        return true;
    }

    internal void HandleTimer(NeighborEntry entry, TimeSpan now)
    {
        switch (entry.State)
        {
            case ReachabilityState.Delay:
                SetState(entry, ReachabilityState.Probe, NeighborReason.DelayOver, now);
                Ask(entry, now);
                break;
            case ReachabilityState.Incomplete when entry.Solicitations < _settings.MulticastSolicitations:
            case ReachabilityState.Probe when entry.Solicitations < _settings.UnicastSolicitations:
                Ask(entry, now);
                break;
            case ReachabilityState.Incomplete or ReachabilityState.Probe:
                Fail(entry, now);
                break;
        }
    }

    private void Ask(NeighborEntry entry, TimeSpan now)
    {
        entry.Solicitations++;
        _deadlines.Set(entry, now + RetransmitTimer);
        _machine.Solicit(_interface, entry, entry.State == ReachabilityState.Incomplete, now);
    }

    private void Fail(NeighborEntry entry, TimeSpan now)
    {
        SetState(entry, ReachabilityState.Failed, NeighborReason.NoAnswer, now);
        _machine.NoteReachability(_interface, entry, isReachable: false);
        while (entry.TryDequeue(out var packet))
        {
            _waiting--;
            _machine.TakeUndeliverable(_interface, packet, now);
        }
    }

    private void Confirm(NeighborEntry entry, NeighborReason reason, TimeSpan now)
    {
        entry.ReachableUntil = now + ReachableTime;
        if (entry.State == ReachabilityState.Reachable) return;
        var wasGone = entry.State is ReachabilityState.Failed or ReachabilityState.Incomplete;
        SetState(entry, ReachabilityState.Reachable, reason, now);
        _deadlines.Cancel(entry);
        if (wasGone) _machine.NoteReachability(_interface, entry, isReachable: true);
        Release(entry);
    }

    private void SetStale(NeighborEntry entry, NeighborReason reason, TimeSpan now)
    {
        var wasGone = entry.State is ReachabilityState.Failed or ReachabilityState.Incomplete;
        SetState(entry, ReachabilityState.Stale, reason, now);
        _deadlines.Cancel(entry);
        if (wasGone) _machine.NoteReachability(_interface, entry, isReachable: true);
        if (entry.Waiting == 0) return;

        // The packets that waited are the ones that begin the delay (RFC 4861 §7.3.3).
        SetState(entry, ReachabilityState.Delay, NeighborReason.PacketToSend, now);
        _deadlines.Set(entry, now + _settings.DelayFirstProbe);
        Release(entry);
    }

    private void SetState(NeighborEntry entry, ReachabilityState state, NeighborReason reason, TimeSpan now)
    {
        var before = entry.State;
        entry.State = state;
        entry.Solicitations = 0;
        Note(entry, before, reason, now);
    }

    private void Note(NeighborEntry entry, ReachabilityState? before, NeighborReason reason, TimeSpan now)
    {
        if (!_events.IsOn) return;
        ReachabilityState? after = entry.IsForgotten ? null : entry.State;
        _events.Add(new NeighborChanged(now, _interface, entry.Address, entry.HasHardwareAddress ? entry.HardwareAddress : null, before, after, reason));
    }

    // RFC 1122 §2.3.2.2, RFC 4861 §7.2.2: at least the latest packet is kept; the oldest makes room.
    private void Wait(NeighborEntry entry, PacketBuffer packet)
    {
        if (entry.Waiting >= _settings.WaitingPerNeighbor && entry.TryDequeue(out var oldest)) Drop(oldest);
        if (_waiting >= _settings.WaitingInAll)
        {
            // Somebody else's packets hold all the room: the new one is let go, since whose it should be at the cost of is anybody's guess.
            if (entry.TryDequeue(out oldest))
            {
                Drop(oldest);
            }
            else
            {
                _interface.Counters.OutDiscards++;
                _pool.Return(packet);
                return;
            }
        }

        entry.Enqueue(packet);
        _waiting++;
    }

    private void Drop(PacketBuffer packet)
    {
        _waiting--;
        _interface.Counters.OutDiscards++;
        _pool.Return(packet);
    }

    private void Release(NeighborEntry entry)
    {
        while (entry.TryDequeue(out var packet))
        {
            _waiting--;
            Transmit(packet, entry.HardwareAddress, entry.Address.IsV4);
        }
    }

    private void Transmit(PacketBuffer packet, MacAddress destination, bool isV4)
    {
        new EthernetHeader(destination, _interface.HardwareAddress!.Value, isV4 ? EtherType.Ipv4 : EtherType.Ipv6).WriteTo(packet.Prepend(EthernetFrame.HeaderLength));
        _interface.Transmit(packet);
    }

    private NeighborEntry Add(IpAddress address, TimeSpan now)
    {
        if (_ring.Count >= _settings.Limit) MakeRoom(now);
        var entry = new NeighborEntry(this, address) { WasUsed = true };
        _entries[address] = entry;
        _ring.Add(entry);
        return entry;
    }

    // A second chance for what was used since the hand last passed; two rounds find one in any case. What is set by hand stays, unless all is.
    private void MakeRoom(TimeSpan now)
    {
        for (var steps = 0; steps < 2 * _ring.Count; steps++)
        {
            _hand = (_hand + 1) % _ring.Count;
            var candidate = _ring[_hand];
            if (candidate.WasUsed || candidate.State == ReachabilityState.Permanent)
            {
                candidate.WasUsed = false;
                continue;
            }

            Forget(candidate, NeighborReason.Evicted, now);
            return;
        }

        Forget(_ring[_hand], NeighborReason.Evicted, now);
    }

    private void Forget(NeighborEntry entry, NeighborReason reason, TimeSpan now)
    {
        while (entry.TryDequeue(out var packet)) Drop(packet);
        _deadlines.Cancel(entry);
        _entries.Remove(entry.Address);
        var place = _ring.IndexOf(entry);
        _ring[place] = _ring[^1];
        _ring.RemoveAt(_ring.Count - 1);
        entry.IsForgotten = true;
        Note(entry, entry.State, reason, now);
    }
}
