using Fathom.Contracts;
using Fathom.Stack;
using Fathom.Stack.Buffers;
using Fathom.Stack.Internet;
using Fathom.Stack.Link;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Hosts.Stack.Tests.Support;

/// <summary>
/// Two hosts of Fathom's stack on one Ethernet wire that takes a millisecond, in virtual time, on one thread. What nobody on the wire has is silent: the wire is also
/// the way to a gateway that does not answer.
/// </summary>
internal sealed class PairWorld : IContractWorld
{
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(1);

    // A test that is not done by then never will be.
    private static readonly TimeSpan Longest = TimeSpan.FromHours(4);

    private readonly Queue<(Action<object?> Action, object? State)> _work = new();
    private readonly Queue<(TimeSpan At, PacketBuffer Frame, PairDriver To)> _wire = new();
    private readonly PacketPool _pool = new();
    private readonly PairDriver _a;
    private readonly PairDriver _b;
    private readonly int _thread = Environment.CurrentManagedThreadId;

    public PairWorld()
    {
        Context = new PairContext(this);
        (A, _a) = Make("a", 1);
        (B, _b) = Make("b", 2);
        _a.Peer = _b;
        _b.Peer = _a;
    }

    public StackHost A { get; }

    public StackHost B { get; }

    public VirtualTime Time { get; } = new();

    public SynchronizationContext Context { get; }

    /// <summary>Buffers that the two stacks have rented and not returned.</summary>
    public int Rented => _pool.Rented;

    INetworkHost IContractWorld.A => A;

    INetworkHost IContractWorld.B => B;

    public IpAddress AddressOfA(IpVersion version) => Address(version, 1);

    public IpAddress AddressOfB(IpVersion version) => Address(version, 2);

    public IpAddress Silent(IpVersion version) => IpAddress.Parse(version == IpVersion.V6 ? "fd00:2::1" : "10.2.0.1");

    public IpAddress Unrouted(IpVersion version) => IpAddress.Parse(version == IpVersion.V6 ? "fd00:3::1" : "10.3.0.1");

    public void Post(Action<object?> action, object? state)
    {
        if (Environment.CurrentManagedThreadId != _thread) throw new InvalidOperationException("Something has left the world's thread.");
        _work.Enqueue((action, state));
    }

    /// <summary>Takes a frame to the other end.</summary>
    public void Carry(PacketBuffer frame, PairDriver to) => _wire.Enqueue((Time.Now + Delay, frame, to));

    public Task RunAsync(Func<Task> action)
    {
        var before = SynchronizationContext.Current;
        try
        {
            SynchronizationContext.SetSynchronizationContext(Context);
            var task = StartAsync(action);
            while (!task.IsCompleted) Step();
            SynchronizationContext.SetSynchronizationContext(before);
            return task;
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    public ValueTask DisposeAsync() => default;

    // IPv6 addresses are looked for on the link before they are used (RFC 4862 §5.4).
    private async Task StartAsync(Func<Task> action)
    {
        await Task.Delay(TimeSpan.FromSeconds(5), Time);
        await action();
    }

    private static IpAddress Address(IpVersion version, int number) => IpAddress.Parse(version == IpVersion.V6 ? $"fd00::{number}" : $"10.0.0.{number}");

    private void Step()
    {
        if (_work.TryDequeue(out var work))
        {
            SynchronizationContext.SetSynchronizationContext(Context);
            work.Action(work.State);
            return;
        }

        if (_a.Turn() | _b.Turn()) return;
        if (_wire.TryPeek(out var next) && next.At <= Time.Now)
        {
            _wire.Dequeue();
            next.To.Receive(next.Frame);
            return;
        }

        SynchronizationContext.SetSynchronizationContext(Context);
        if (_work.Count > 0 || Time.TryFire()) return;
        var earliest = Earlier(Earlier(Time.Next, _wire.Count > 0 ? next.At : null), Earlier(_a.Deadline, _b.Deadline));
        if (earliest is not { } moment) throw new InvalidOperationException("Everybody waits, and nothing will happen any more.");
        if (moment > Longest) throw new TimeoutException("The test's virtual time is up.");
        Time.AdvanceTo(moment > Time.Now ? moment : Time.Now);
    }

    private static TimeSpan? Earlier(TimeSpan? left, TimeSpan? right) => left is null || right < left ? right : left;

    private (StackHost Host, PairDriver Driver) Make(string name, byte number)
    {
        var random = new SeededRandom(number);
        var stack = new NetworkStack(new StackOptions(), new HostStackRandom(random), _pool);
        var driver = new PairDriver(this, stack);
        var through = stack.AddInterface(new InterfaceOptions { Name = "eth0", Medium = InterfaceMedium.Ethernet, HardwareAddress = MacAddress.FromValue(0x0200_0000_0000u + number) });
        stack.AddAddress(through, Address(IpVersion.V4, number), 24);
        stack.AddAddress(through, Address(IpVersion.V6, number), 64);

        // A gateway that is known and is not there: what goes to it is lost, and nobody says so.
        var nobody = MacAddress.FromValue(0x0200_0000_00FF);
        foreach (var (prefix, length, gateway) in new[] { ("10.2.0.0", 16, "10.0.0.254"), ("fd00:2::", 32, "fd00::fe") })
        {
            stack.SetNeighbor(through, IpAddress.Parse(gateway), nobody);
            stack.Routes.Add(new Route(new IpPrefix(IpAddress.Parse(prefix), length), through, IpAddress.Parse(gateway)));
        }

        var host = new StackHost(stack, driver, random, new StackHostOptions(name));
        driver.Attach(host, through);
        return (host, driver);
    }
}
