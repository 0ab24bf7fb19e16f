using Fathom.Hosts;
using Fathom.Hosts.Application;
using Fathom.Hosts.Link;
using Fathom.Hosts.Stack;
using Fathom.Lab.Application;
using Fathom.Lab.Internet;
using Fathom.Lab.Link;
using Fathom.Lab.Time;
using Fathom.Stack;
using Fathom.Stack.Application.Dhcp;
using Fathom.Stack.Buffers;
using Fathom.Stack.Internet;
using Fathom.Stack.Link;
using Fathom.Stack.Timing;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Lab;

/// <summary>A host of the lab: Fathom's own stack, driven by the lab's events. <see cref="Network"/> is what probes and services are given.</summary>
public sealed class LabHost : IDisposable
{
    private readonly List<HostPort> _ports = [];
    // From the network's coming up to the programs' start: by then IPv6 addresses have been checked for a twin, which takes up to two seconds (RFC 4862 §5.4), and may be listened at.
    private static readonly TimeSpan BootTime = TimeSpan.FromSeconds(3);

    private readonly List<PacketBox> _boxes = [];
    private readonly List<LabService> _services = [];
    private readonly List<Func<LabHost, CancellationToken, Task>> _programs = [];
    private readonly LabHostOptions _options;
    private readonly LabRandom _random;
    private readonly HostClock _clock;
    private readonly HostDeadline _deadline;
    private readonly BootDeadline _boot;
    private Queue<(HostPort Port, PacketBuffer Frame)>? _raw;
    private LabDriver _driver;
    private CancellationTokenSource? _life;
    private HostSetup? _setup;
    private bool _isUsed;

    internal LabHost(Lab lab, LabHostOptions options)
    {
        Lab = lab;
        Name = options.Name;
        _options = options;
        _random = new LabRandom(lab.Seed, "host " + options.Name);
        _clock = new HostClock(lab.Clock);
        _deadline = new HostDeadline(this);
        _boot = new BootDeadline(this);
        (_driver, Stack, Network) = MakeStack();
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>The port that probes and services ask. After <see cref="Restart"/> it is another one: the old one is as dead as the programs that used it.</summary>
    public StackHost Network { get; private set; }

    /// <summary>Its stack. After using it directly, <see cref="Use"/>.</summary>
    public NetworkStack Stack { get; private set; }

    /// <summary>Its interfaces, loopback not among them.</summary>
    public IReadOnlyList<HostPort> Ports => _ports;

    /// <summary>What stands in its packets' way: address translation, firewalls; in the order in which packets meet them.</summary>
    public IReadOnlyList<PacketBox> Boxes => _boxes;

    /// <summary>What it serves.</summary>
    public IReadOnlyList<LabService> Services => _services;

    /// <summary>Passes packets of others on: it is a router.</summary>
    public bool Forwards => _options.Stack?.Ip.Forwarding ?? false;

    /// <summary>The resolvers that it asks now, set by hand or learned from the network; null: none is known.</summary>
    public ResolverConfiguration? Resolver
    {
        get
        {
            // What a host of the lab knows of itself it says at once.
            var asked = Network.GetResolverConfigurationAsync(default);
            return asked.IsCompletedSuccessfully && asked.Result.TryGet(out var known, out _) ? known : null;
        }
    }

    /// <summary>How far the host's date and time are ahead of the lab's: a clock that is wrong. It runs as fast as the lab's all the same.</summary>
    public TimeSpan ClockOffset
    {
        get => _clock.Offset;
        set => _clock.Offset = value;
    }

    /// <summary>It runs: it has not crashed, or was restarted since.</summary>
    public bool IsUp { get; private set; } = true;

    /// <summary>It has its interfaces; false where it was started without them.</summary>
    internal bool HasAdapters { get; private set; } = true;

    internal Lab Lab { get; }

    /// <summary>The next one in the lab's queue of hosts that were used.</summary>
    internal LabHost? NextUsed { get; set; }

    /// <summary>Adds an Ethernet interface.</summary>
    /// <param name="name">Its name: "eth0".</param>
    /// <param name="mtu">The largest IP packet, in octets, from 68 to 65,535.</param>
    /// <exception cref="ArgumentException">The host has an interface of that name, or none can have that MTU.</exception>
    public HostPort AddPort(string name, int mtu = 1500)
    {
        // Locally administered, counted through the lab: a MAC address says which port it is.
        var address = MacAddress.FromValue(0x0200_0000_0000ul | (uint)(Lab.PortCount + 1));
        return AddPort(new InterfaceOptions { Name = name, Medium = InterfaceMedium.Ethernet, Mtu = mtu, HardwareAddress = address });
    }

    /// <summary>Adds an interface of a line that has one other end: its frames are IP packets, and there are no neighbors to find. To be connected with another of its kind.</summary>
    /// <param name="name">Its name: "ppp0".</param>
    /// <param name="mtu">The largest IP packet, in octets.</param>
    public HostPort AddPointToPointPort(string name, int mtu = 1500) => AddPort(new InterfaceOptions { Name = name, Medium = InterfaceMedium.PointToPoint, Mtu = mtu });

    private HostPort AddPort(InterfaceOptions options)
    {
        var through = Stack.AddInterface(options);
        var port = new HostPort(this, through);
        _ports.Add(port);
        Use();
        return port;
    }

    /// <summary>Gives an interface an address; nothing changes where the host has it already.</summary>
    /// <param name="port">The interface.</param>
    /// <param name="address">The address.</param>
    /// <param name="prefixLength">Bits of the prefix that is on the link.</param>
    /// <exception cref="ArgumentException">The interface is another host's.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The prefix is longer than the address, or negative.</exception>
    public void AddAddress(HostPort port, IpAddress address, int prefixLength)
    {
        ArgumentNullException.ThrowIfNull(port);
        Stack.AddAddress(port.Interface, address, prefixLength);
        Use();
    }

    /// <summary>
    /// Has an interface get its IPv4 address, its routes and its resolvers by DHCP, from now on, and again after each restart. Its state and its lease are
    /// <see cref="NetworkStack.DhcpClients"/>'.
    /// </summary>
    /// <param name="port">The interface.</param>
    /// <param name="options">How the client behaves; null: as usual, with the host's own name.</param>
    public void StartDhcp(HostPort port, DhcpClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(port);
        Run((host, _) =>
        {
            host.Stack.CreateDhcpClient(port.Interface, options ?? new DhcpClientOptions { HostName = Name }).Start();
            host.Use();
            return Task.CompletedTask;
        });
    }

    /// <summary>Has a router advertise itself and its prefixes, from now on, and again after each restart (RFC 4861 §6.2).</summary>
    /// <param name="port">The interface.</param>
    /// <param name="settings">What it advertises.</param>
    public void StartRouterAdvertisements(HostPort port, RouterAdvertisementSettings settings)
    {
        ArgumentNullException.ThrowIfNull(port);
        Run((host, _) =>
        {
            host.Stack.CreateRouterAdvertiser(port.Interface, settings).Start();
            host.Use();
            return Task.CompletedTask;
        });
    }

    /// <summary>Runs a program for as long as the host runs, from now on, and again after each restart: a server.</summary>
    /// <param name="program">The program: it is given this host, and a token that fires when the host crashes.</param>
    public void Run(Func<LabHost, CancellationToken, Task> program)
    {
        ArgumentNullException.ThrowIfNull(program);
        RunAtRestart(program);
        if (IsUp) Start(program);
    }

    /// <summary>Runs a program after each restart: one that was started otherwise for the first time.</summary>
    /// <param name="program">As for <see cref="Run"/>.</param>
    public void RunAtRestart(Func<LabHost, CancellationToken, Task> program)
    {
        ArgumentNullException.ThrowIfNull(program);
        _programs.Add(program);
    }

    /// <summary>
    /// Cuts the host's power. Its programs, sockets, caches, leases and the tables of its boxes are gone, nobody is told, and its links lose their carrier. What somebody
    /// has set by hand is kept for <see cref="Restart"/>: addresses, routes and boxes.
    /// </summary>
    public void Crash()
    {
        if (!IsUp) return;
        Lab.Tell(Name, "crashes");
        IsUp = false;
        if (HasAdapters) _setup = HostSetup.Of(this);
        _driver.Host = null;
        Lab.Deadlines.Cancel(_deadline);
        Lab.Deadlines.Cancel(_boot);
        while (_raw is not null && _raw.TryDequeue(out var raw)) Lab.Pool.Return(raw.Frame);
        foreach (var box in _boxes) box.Forget();
        SetCarriers(false);
        if (_life is not { } life) return;
        Lab.InContext(life.Cancel);
        life.Dispose();
        _life = null;
    }

    /// <summary>Starts the host again after a crash, with what had been set by hand, and three seconds later with the programs of <see cref="Run"/>.</summary>
    public void Restart()
    {
        if (IsUp) return;
        Lab.Tell(Name, "starts again");
        IsUp = true;
        HasAdapters = true;
        (_driver, Stack, Network) = MakeStack();
        _setup!.ApplyTo(this);
        foreach (var box in _boxes) Stack.Hooks.Add(box);
        foreach (var port in _ports) ApplyLinkState(port);
        SetCarriers(true);
        Use();
        Lab.Deadlines.Set(_boot, Lab.Clock.Now + BootTime);
    }

    /// <summary>Crashes the host and starts it again without its network adapters: only loopback is there, and no program. <see cref="Crash"/> and <see cref="Restart"/> give them back.</summary>
    internal void RestartBare()
    {
        Crash();
        IsUp = true;
        HasAdapters = false;
        (_driver, Stack, Network) = MakeStack();
        Use();
    }

    /// <summary>Adds a route.</summary>
    /// <param name="to">The prefix.</param>
    /// <param name="via">The next hop, on one of the host's links.</param>
    /// <exception cref="ArgumentException">It is on none of them.</exception>
    public void AddRoute(IpPrefix to, IpAddress via)
    {
        var port = _ports.FirstOrDefault(p => Stack.Addresses.Any(a => a.Interface == p.Interface && a.Address.Version == via.Version && new IpPrefix(a.Address.WithZone(0), a.PrefixLength).Contains(via.WithZone(0))))
            ?? throw new ArgumentException($"{via} is on no link of {Name}.", nameof(via));
        AddRoute(to, port, via);
    }

    /// <summary>Adds a route through one of the host's interfaces.</summary>
    /// <param name="to">The prefix.</param>
    /// <param name="through">The interface.</param>
    /// <param name="via">The next hop.</param>
    /// <exception cref="ArgumentException">The interface is another host's.</exception>
    public void AddRoute(IpPrefix to, HostPort through, IpAddress via)
    {
        ArgumentNullException.ThrowIfNull(through);
        if (through.Host != this) throw new ArgumentException($"{through.Name} is no interface of {Name}.", nameof(through));
        Stack.Routes.Add(new Route(to, through.Interface, via));
        Use();
    }

    /// <inheritdoc/>
    public void Dispose() => _life?.Dispose();

    /// <summary>The stack was used, or is about to be: it may have frames to send.</summary>
    public void Use()
    {
        if (_isUsed || !IsUp) return;
        _isUsed = true;
        Lab.Use(this);
    }

    internal void Receive(HostPort port, PacketBuffer frame)
    {
        Network.ShowFrame(port.Interface, FrameDirection.Received, frame);
        Stack.Receive(port.Interface, frame, Lab.Clock.Now);
        Use();
    }

    internal void Add(PacketBox box)
    {
        _boxes.Add(box);
        if (IsUp) Stack.Hooks.Add(box);
    }

    internal void Add(LabService service) => _services.Add(service);

    internal void Remove(PacketBox box)
    {
        _boxes.Remove(box);
        Stack.Hooks.Remove(box);
    }

    internal void ApplyLinkState(HostPort port)
    {
        if (!IsUp || !HasAdapters) return;
        Stack.SetLinkState(port.Interface, port.Interface.IsUp, port.HasCarrier);
        Use();
    }

    internal void SendRaw(NetworkInterface through, PacketBuffer frame)
    {
        foreach (var port in _ports)
        {
            if (port.Interface != through) continue;
            (_raw ??= new Queue<(HostPort Port, PacketBuffer Frame)>()).Enqueue((port, frame));
            return;
        }

        Lab.Pool.Return(frame);
    }

    /// <summary>Sends what the stack has to send, wakes who waits, and looks when it wants to be called again.</summary>
    internal void Pump()
    {
        _isUsed = false;
        if (!IsUp) return;
        var now = Lab.Clock.Now;
        while (_raw is not null && _raw.TryDequeue(out var raw)) Send(raw.Port, raw.Frame);
        while (Stack.TryTransmit(now, out var through, out var frame)) Send((HostPort)through.Owner!, frame);
        Network.TakeReady();
        if (Stack.Deadline is not { } next) Lab.Deadlines.Cancel(_deadline);
        else if (!_deadline.IsSet || _deadline.At != next) Lab.Deadlines.Set(_deadline, next > now ? next : now);
    }

    private void Send(HostPort port, PacketBuffer frame)
    {
        Network.ShowFrame(port.Interface, FrameDirection.Sent, frame);
        if (port.IsSilent) Lab.Pool.Return(frame);
        else port.Send(frame);
    }

    private void Start(Func<LabHost, CancellationToken, Task> program)
    {
        var token = (_life ??= new CancellationTokenSource()).Token;
        Lab.Start(() => program(this, token));
    }

    // A cable without power at one end carries nothing to the other.
    private void SetCarriers(bool areThere)
    {
        foreach (var port in _ports)
        {
            if (port.Link is not { } link) continue;
            var (far, direction) = link.Left == port ? (link.Right, link.ToRight) : (link.Left, link.ToLeft);
            far.SetCarrier(areThere && !direction.Settings.IsDown);
        }
    }

    private (LabDriver Driver, NetworkStack Stack, StackHost Network) MakeStack()
    {
        var driver = new LabDriver(Lab, _clock) { Host = this };
        var stack = new NetworkStack(_options.Stack ?? new StackOptions(), new HostStackRandom(_random), Lab.Pool);
        return (driver, stack, new StackHost(stack, driver, _random, new StackHostOptions(Name) { Resolver = _options.Resolver, TrustAnchors = _options.TrustAnchors }));
    }

    private sealed class BootDeadline(LabHost host) : Deadline
    {
        public override void Expire(TimeSpan now)
        {
            foreach (var program in host._programs) host.Start(program);
        }

        public override string ToString() => $"{host.Name} starts its programs";
    }

    private sealed class HostDeadline(LabHost host) : Deadline
    {
        public override void Expire(TimeSpan now)
        {
            host.Stack.HandleDeadline(now);
            host.Use();
        }

        public override string ToString() => $"a timer of {host.Name}'s stack";
    }
}
