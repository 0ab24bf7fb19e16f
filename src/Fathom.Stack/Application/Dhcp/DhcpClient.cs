using Fathom.Stack.Internet;
using Fathom.Stack.Link;
using Fathom.Stack.Timing;
using Fathom.Stack.Transport;
using Fathom.Wire.Application.Dhcp;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Stack.Application.Dhcp;

/// <summary>Gets an IPv4 address for an Ethernet interface and keeps it: the client of RFC 2131 §4.4, whole.</summary>
public sealed class DhcpClient
{
    // RFC 2131 §4.1: 4, 8, 16, 32, 64 seconds, each a second more or less by chance.
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(64);

    // RFC 2132 §5.1: the least MTU that a server may tell, in octets.
    private const int LeastMtu = 68;

    // How often one server is asked for its offer before others are looked for (RFC 2131 §3.1: "e.g. four times"), and any for an address of before.
    private const int RequestTries = 4;
    private const int RebootTries = 2;

    // RFC 2131 §4.4.5: no more often than each minute while there is still time.
    private static readonly TimeSpan LeastRenewal = TimeSpan.FromSeconds(60);

    // RFC 2131 §3.1: at least ten seconds after a DHCPDECLINE.
    private static readonly TimeSpan AfterDecline = TimeSpan.FromSeconds(10);

    // The release goes from the address that is given back, and the server's MAC address may have to be asked for from it first.
    private static readonly TimeSpan ReleaseGrace = TimeSpan.FromSeconds(1);

    // A server that refuses everything must not make a flood.
    private static readonly TimeSpan AfterRefusal = TimeSpan.FromSeconds(1);

    private readonly IpLayer _ip;
    private readonly NetworkInterface _on;
    private readonly DhcpClientOptions _options;
    private readonly StackRandom _random;
    private readonly DhcpMessenger _messenger;
    private readonly Timer _timer;
    private readonly List<Route> _routes = [];
    private DhcpAnswer? _offer;
    private IpAddress? _previous;
    private uint _transaction;
    private int _tries;
    private TimeSpan _askedAt;
    private TimeSpan _startedAt;
    private TimeSpan? _wait;

    internal DhcpClient(IpLayer ip, UdpLayer udp, NetworkInterface on, DhcpClientOptions options, StackRandom random)
    {
        _ip = ip;
        _on = on;
        _options = options;
        _random = random;
        _messenger = new DhcpMessenger(udp, on, options) { Arrived = Take };
        _timer = new Timer(this);
    }

    /// <summary>Where it stands.</summary>
    public DhcpState State { get; private set; }

    /// <summary>What it was given; null where it has nothing.</summary>
    public DhcpLease? Lease { get; private set; }

    /// <summary>Begins, unless it has begun.</summary>
    /// <returns>False if another client has the interface's port.</returns>
    public bool Start()
    {
        if (State != DhcpState.Stopped) return true;
        End();
        if (!_messenger.TryOpen()) return false;
        _previous = _options.Previous;

        // The wait begins with the driver's clock, which may not have begun yet.
        _wait = _options.StartWithin * (_random.NextUInt32() / (double)uint.MaxValue);
        Restart(TimeSpan.Zero, DhcpReason.Started, _ip.Clock.Now);
        return true;
    }

    /// <summary>Gives the address back (DHCPRELEASE) and stops.</summary>
    public void Release()
    {
        if (Lease is not { } lease || State is not (DhcpState.Bound or DhcpState.Renewing or DhcpState.Rebinding))
        {
            Stop();
            return;
        }

        var now = _ip.Clock.Now;
        _messenger.SendUnicast(DhcpMessageType.Release, NewTransaction(), SecondsSince(now), lease.Address, lease.Server, default, lease.Server);
        RemoveRoutes();
        SetState(DhcpState.Stopped, DhcpReason.Stopped, now);

        // The wait begins with the driver's clock here, too.
        _wait = ReleaseGrace;
        _ip.Deadlines.Set(_timer, now);
    }

    /// <summary>Stops and leaves the interface without the address; the server is not told.</summary>
    public void Stop()
    {
        End();
        if (State != DhcpState.Stopped) SetState(DhcpState.Stopped, DhcpReason.Stopped, _ip.Clock.Now);
    }

    private void End()
    {
        Unconfigure();
        _ip.Deadlines.Cancel(_timer);
        _messenger.Close();
    }

    private void Take(ReadOnlySpan<byte> bytes, TimeSpan now)
    {
        // RFC 2131 §4.4.1: what does not answer the latest question is not heard.
        if (!DhcpMessage.TryRead(bytes, out var message, out _) || message.Operation != DhcpOperation.Reply || !message.HasOptions) return;
        if (message.TransactionId != _transaction || message.ClientMac != _on.HardwareAddress) return;
        var answer = DhcpAnswer.Read(message);
        switch (answer.Type)
        {
            case DhcpMessageType.Offer when State == DhcpState.Selecting && answer.IsUsable:
                _offer = answer;
                SetState(DhcpState.Requesting, DhcpReason.Offered, now);
                _tries = 0;
                Ask(now);
                break;
            case DhcpMessageType.Ack when IsAsking && answer.IsUsable && IsFromChosen(answer):
                Accept(answer, now);
                break;
            case DhcpMessageType.Nak when IsAsking && IsFromChosen(answer):
                Unconfigure();
                _previous = null;
                Restart(AfterRefusal, DhcpReason.Refused, now);
                break;
        }
    }

    private bool IsAsking => State is DhcpState.Requesting or DhcpState.Rebooting or DhcpState.Renewing or DhcpState.Rebinding;

    // While one server is asked, no other has anything to say (RFC 2131 §3.1 step 4).
    private bool IsFromChosen(DhcpAnswer answer) => State switch
    {
        DhcpState.Requesting => answer.Server == _offer!.Server,
        DhcpState.Renewing => answer.Server == Lease!.Server,
        _ => true,
    };

    private void Accept(DhcpAnswer answer, TimeSpan now)
    {
        var isExtended = State is DhcpState.Renewing or DhcpState.Rebinding;

        // RFC 2131 §4.4.5: another address in the middle of a lease is no extension of it.
        if (isExtended && answer.Address != Lease!.Address)
        {
            Unconfigure();
            Restart(AfterRefusal, DhcpReason.Refused, now);
            return;
        }

        Lease = answer.ToLease(_askedAt);
        if (isExtended)
        {
            SetRoutes();
            Bind(DhcpReason.Acknowledged, now);
            return;
        }

        SetState(DhcpState.Checking, DhcpReason.Acknowledged, now);
        _ip.Deadlines.Cancel(_timer);
        if (!_ip.Configuration.TryAdd(_on, Lease.Address, Lease.PrefixLength, AddressOrigin.Dhcp, out var address))
        {
            // The host has the address already, by hand perhaps: nothing is to be looked for.
            Bind(DhcpReason.AddressIsFree, now);
            return;
        }

        address.ValidUntil = Lease.ExpiresAt;
        address.Guard!.Decided = NoteCheck;
    }

    // RFC 5227 has looked for another host with the address; later it tells of one that came.
    private void NoteCheck(bool isFree, TimeSpan now)
    {
        if (State == DhcpState.Stopped || Lease is not { } lease) return;
        if (isFree)
        {
            SetRoutes();
            Bind(DhcpReason.AddressIsFree, now);
            return;
        }

        _messenger.Broadcast(DhcpMessageType.Decline, NewTransaction(), 0, default, lease.Server, lease.Address);
        Unconfigure();
        Restart(AfterDecline, DhcpReason.AddressInUse, now);
    }

    private void Bind(DhcpReason reason, TimeSpan now)
    {
        SetState(DhcpState.Bound, reason, now);
        if (Lease!.ExpiresAt is null) _ip.Deadlines.Cancel(_timer);
        else _ip.Deadlines.Set(_timer, Lease.RenewAt);
    }

    private void Restart(TimeSpan after, DhcpReason reason, TimeSpan now)
    {
        _offer = null;
        _tries = 0;
        SetState(DhcpState.Init, reason, now);
        _ip.Deadlines.Set(_timer, now + after);
    }

    private void Expire(TimeSpan now)
    {
        switch (State)
        {
            case DhcpState.Stopped when _wait is { } grace:
                _wait = null;
                _ip.Deadlines.Set(_timer, now + grace);
                break;
            case DhcpState.Stopped:
                End();
                break;
            case DhcpState.Init when _wait is { } wait:
                _wait = null;
                _startedAt = now;
                _ip.Deadlines.Set(_timer, now + wait);
                break;
            case DhcpState.Init:
                _transaction = NewTransaction();
                SetState(_previous is null ? DhcpState.Selecting : DhcpState.Rebooting, DhcpReason.WaitOver, now);
                Ask(now);
                break;
            case DhcpState.Selecting:
                Ask(now);
                break;
            case DhcpState.Requesting when _tries < RequestTries:
            case DhcpState.Rebooting when _tries < RebootTries:
                Ask(now);
                break;
            case DhcpState.Requesting or DhcpState.Rebooting:
                _offer = null;
                _previous = null;
                _tries = 0;
                _transaction = NewTransaction();
                SetState(DhcpState.Selecting, DhcpReason.NoAnswer, now);
                Ask(now);
                break;
            case DhcpState.Bound:
                _transaction = NewTransaction();
                _startedAt = now;
                SetState(DhcpState.Renewing, DhcpReason.RenewalTime, now);
                Extend(now);
                break;
            case DhcpState.Renewing when now < Lease!.RebindAt:
                Extend(now);
                break;
            case DhcpState.Renewing:
                SetState(DhcpState.Rebinding, DhcpReason.RebindingTime, now);
                Extend(now);
                break;
            case DhcpState.Rebinding when Lease!.ExpiresAt is { } end && now < end:
                Extend(now);
                break;
            case DhcpState.Rebinding:
                Unconfigure();
                Restart(TimeSpan.Zero, DhcpReason.LeaseOver, now);
                break;
        }
    }

    // SELECTING, REQUESTING and REBOOTING: asked again, at longer and longer times.
    private void Ask(TimeSpan now)
    {
        var seconds = SecondsSince(now);
        _askedAt = now;
        switch (State)
        {
            case DhcpState.Selecting:
                _messenger.Broadcast(DhcpMessageType.Discover, _transaction, seconds, default, default, default);
                break;
            case DhcpState.Requesting:
                _messenger.Broadcast(DhcpMessageType.Request, _transaction, seconds, default, _offer!.Server, _offer.Address);
                break;
            case DhcpState.Rebooting:
                _messenger.Broadcast(DhcpMessageType.Request, _transaction, seconds, default, default, _previous!.Value);
                break;
        }

        var wait = FirstRetry * Math.Pow(2, Math.Min(_tries, 4));
        if (wait > LongestRetry) wait = LongestRetry;
        _tries++;
        _ip.Deadlines.Set(_timer, now + wait + TimeSpan.FromSeconds((2 * (_random.NextUInt32() / (double)uint.MaxValue)) - 1));
    }

    // RENEWING and REBINDING: after half of the time that is left, but a minute at least (RFC 2131 §4.4.5).
    private void Extend(TimeSpan now)
    {
        var lease = Lease!;
        var seconds = SecondsSince(now);
        _askedAt = now;
        var end = State == DhcpState.Renewing ? lease.RebindAt : lease.ExpiresAt ?? TimeSpan.MaxValue;
        if (State == DhcpState.Renewing) _messenger.SendUnicast(DhcpMessageType.Request, _transaction, seconds, lease.Address, default, default, lease.Server);
        else _messenger.Broadcast(DhcpMessageType.Request, _transaction, seconds, lease.Address, default, default);
        var half = (end - now) / 2;
        var next = now + (half < LeastRenewal ? LeastRenewal : half);
        _ip.Deadlines.Set(_timer, next < end ? next : end);
    }

    private void SetRoutes()
    {
        RemoveRoutes();
        foreach (var (prefix, router) in Lease!.Routes) _routes.Add(new Route(prefix, _on, router, _options.RouteMetric, RouteOrigin.Dhcp));
        foreach (var route in _routes) _ip.Routes.Add(route);
        SetMtu(Lease.Mtu);
    }

    // RFC 2132 §5.1: 68 octets at least. Over IPv4 only: IPv6 has routers' advertisements for it (RFC 4861 §4.6.4), and needs more.
    private void SetMtu(int mtu)
    {
        var wanted = mtu >= LeastMtu && _options.FollowsMtu ? mtu : int.MaxValue;
        if (Math.Min(wanted, _on.Mtu) == _on.MtuV4) return;
        _on.MtuV4 = wanted;
        _ip.Paths.MarkChanged();
    }

    private void RemoveRoutes()
    {
        foreach (var route in _routes) _ip.Routes.Remove(route);
        _routes.Clear();
    }

    private void Unconfigure()
    {
        RemoveRoutes();
        SetMtu(0);
        if (Lease is { } lease && _ip.Addresses.TryFind(lease.Address, out var address) && address.Origin == AddressOrigin.Dhcp) _ip.Configuration.Remove(_on, lease.Address);
        Lease = null;
    }

    private uint NewTransaction() => _transaction = _random.NextUInt32();

    private ushort SecondsSince(TimeSpan now) => (ushort)Math.Clamp((now - _startedAt).TotalSeconds, 0, ushort.MaxValue);

    private void SetState(DhcpState state, DhcpReason reason, TimeSpan now)
    {
        if (_ip.Events.IsOn) _ip.Events.Add(new DhcpStateChanged(now, _on, State, state, reason));
        State = state;
    }

    private sealed class Timer(DhcpClient client) : Deadline
    {
        public override void Expire(TimeSpan now) => client.Expire(now);
    }
}
