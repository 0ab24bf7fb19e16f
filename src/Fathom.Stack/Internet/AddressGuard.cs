using Fathom.Stack.Timing;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Stack.Internet;

/// <summary>
/// Looks for another host with an address before it is used, and defends it afterwards: duplicate address detection (RFC 4862 §5.4) and IPv4 address conflict
/// detection (RFC 5227). One for each address on Ethernet.
/// </summary>
internal sealed class AddressGuard(IpLayer ip, LocalAddress address, ArpMachine arp, NeighborDiscovery discovery, StackRandom random) : Deadline
{
    // RFC 5227 §1.1, in its order: PROBE_WAIT, PROBE_NUM, PROBE_MIN, PROBE_MAX, ANNOUNCE_WAIT, ANNOUNCE_NUM, ANNOUNCE_INTERVAL, DEFEND_INTERVAL.
    private static readonly TimeSpan ProbeWait = TimeSpan.FromSeconds(1);
    private const int ProbeCount = 3;
    private static readonly TimeSpan ProbeMin = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ProbeMax = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AnnounceWait = TimeSpan.FromSeconds(2);
    private const int AnnounceCount = 2;
    private static readonly TimeSpan AnnounceInterval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan DefendInterval = TimeSpan.FromSeconds(10);

    private int _probesLeft;
    private int _announcementsLeft;
    private TimeSpan? _lastConflict;
    private TimeSpan? _wait;

    /// <summary>Told once the address may be used (true), or another host has it (false).</summary>
    public Action<bool, TimeSpan>? Decided { get; set; }

    /// <summary>Starts: probes first where that is wanted, else the address is in use from now on.</summary>
    public void Start(bool probes, TimeSpan now)
    {
        _announcementsLeft = address.Address.IsV4 ? AnnounceCount : 0;
        if (!probes)
        {
            if (_announcementsLeft > 0) ip.Deadlines.Set(this, now);
            return;
        }

        address.State = AddressState.Tentative;
        _probesLeft = address.Address.IsV4 ? ProbeCount : ip.Settings.DuplicateAddressTransmits;

        // RFC 5227 §2.1.1 and RFC 4862 §5.4.2 (MAX_RTR_SOLICITATION_DELAY): up to a second, so that hosts that wake together do not ask together.
        // The wait begins with the driver's clock, which may not have begun yet.
        _wait = Between(TimeSpan.Zero, ProbeWait);
        ip.Deadlines.Set(this, now);
    }

    public void Stop() => ip.Deadlines.Cancel(this);

    /// <summary>Another host uses, or wants, the address.</summary>
    /// <param name="other">Its MAC address, where it is known.</param>
    /// <param name="now">The time.</param>
    public void NoteConflict(MacAddress? other, TimeSpan now)
    {
        if (address.State == AddressState.Duplicate) return;
        if (address.State == AddressState.Tentative)
        {
            ip.NoteConflict(address, other, AddressConflictAction.NotUsed, now);
            Stop();
            ip.SetState(address, AddressState.Duplicate, now);
            Decided?.Invoke(false, now);
            return;
        }

        if (address.Address.IsV6)
        {
            // RFC 4862 has no defense: what is to be done about an address in use is left to people.
            ip.NoteConflict(address, other, AddressConflictAction.Noted, now);
            return;
        }

        // RFC 5227 §2.4 (c): an address that somebody relies on is defended, but only so often that two stubborn hosts do not fill the network. Another's claim
        // within that time is only noted. One of DHCP is given up then (b).
        var isDefended = _lastConflict is not { } last || now - last >= DefendInterval;
        _lastConflict = now;
        if (!isDefended && address.Origin == AddressOrigin.Dhcp)
        {
            ip.NoteConflict(address, other, AddressConflictAction.GivenUp, now);
            ip.SetState(address, AddressState.Duplicate, now);
            Decided?.Invoke(false, now);
            return;
        }

        ip.NoteConflict(address, other, isDefended ? AddressConflictAction.Defended : AddressConflictAction.Noted, now);
        if (isDefended) arp.Request(address.Interface, address.Address, address.Address);
    }

    public override void Expire(TimeSpan now)
    {
        if (address.State != AddressState.Tentative)
        {
            Announce(now);
        }
        else if (_wait is { } wait)
        {
            _wait = null;
            ip.Deadlines.Set(this, now + wait);
        }
        else
        {
            Step(now);
        }
    }

    private void Step(TimeSpan now)
    {
        if (_probesLeft == 0)
        {
            ip.SetState(address, AddressState.Preferred, now);
            Decided?.Invoke(true, now);
            Announce(now);
            return;
        }

        _probesLeft--;
        if (address.Address.IsV4)
        {
            arp.Request(address.Interface, IpAddress.AnyV4, address.Address);
            ip.Deadlines.Set(this, now + (_probesLeft == 0 ? AnnounceWait : Between(ProbeMin, ProbeMax)));
            return;
        }

        discovery.Probe(address, now);
        ip.Deadlines.Set(this, now + address.Interface.Neighbors!.RetransmitTimer);
    }

    private void Announce(TimeSpan now)
    {
        if (_announcementsLeft == 0) return;
        _announcementsLeft--;
        arp.Request(address.Interface, address.Address, address.Address);
        if (_announcementsLeft > 0) ip.Deadlines.Set(this, now + AnnounceInterval);
    }

    private TimeSpan Between(TimeSpan least, TimeSpan most) => least + ((most - least) * (random.NextUInt32() / (double)uint.MaxValue));
}
