using Fathom.Stack;
using Fathom.Stack.Buffers;
using Fathom.Stack.Link;
using Fathom.Stack.Transport.Tcp;
using Fathom.Wire.Internet;

namespace Luck;

/// <summary>Two stacks, a link each way, one virtual clock.</summary>
internal sealed class TwoHosts
{
    public static readonly IpAddress LeftV4 = IpAddress.Parse("10.0.0.1");
    public static readonly IpAddress RightV4 = IpAddress.Parse("10.0.0.2");
    public static readonly IpAddress LeftV6 = IpAddress.Parse("fd00::1");
    public static readonly IpAddress RightV6 = IpAddress.Parse("fd00::2");

    // A stack that sends without end at one moment would hang the run.
    private const int MaxPacketsAtOnce = 1_000_000;

    private readonly PriorityQueue<(NetworkStack To, NetworkInterface Port, PacketBuffer Packet), (TimeSpan At, long Order)> _flying = new();
    private readonly Action<PacketBuffer, TimeSpan> _toRight;
    private readonly Action<PacketBuffer, TimeSpan> _toLeft;
    private long _order;

    public TwoHosts(int seed, int mtu, InterfaceOffloads offloads, LinkConditions there, LinkConditions back, TcpSettings left, TcpSettings right)
    {
        Rightward = new BadLink(there, seed ^ 0x5151, Pool);
        Leftward = new BadLink(back, seed ^ 0x2A2A, Pool);
        (Left, LeftPort) = Make(seed * 2, LeftV4, LeftV6, left);
        (Right, RightPort) = Make((seed * 2) + 1, RightV4, RightV6, right);
        _toRight = (packet, at) => _flying.Enqueue((Right, RightPort, packet), (at, _order++));
        _toLeft = (packet, at) => _flying.Enqueue((Left, LeftPort, packet), (at, _order++));

        (NetworkStack Stack, NetworkInterface Port) Make(int number, IpAddress v4, IpAddress v6, TcpSettings settings)
        {
            var stack = new NetworkStack(new StackOptions { Tcp = settings }, new SeededRandom(number), Pool);
            var port = stack.AddInterface(new InterfaceOptions { Name = "link0", Mtu = mtu, Offloads = offloads, OutputQueueLimit = 10_000 });
            stack.AddAddress(port, v4, 24);
            stack.AddAddress(port, v6, 64);
            return (stack, port);
        }
    }

    public PacketPool Pool { get; } = new();

    public BadLink Rightward { get; }

    public BadLink Leftward { get; }

    public NetworkStack Left { get; }

    public NetworkInterface LeftPort { get; }

    public NetworkStack Right { get; }

    public NetworkInterface RightPort { get; }

    /// <summary>Begins at zero: a stack must not take zero for "never".</summary>
    public TimeSpan Now { get; private set; }

    public long Packets { get; private set; }

    /// <summary>Is told of each packet that is sent, before the link has it.</summary>
    public Action<TimeSpan, bool, PacketBuffer>? Sees { get; set; }

    /// <summary>When something happens next; null: nothing ever.</summary>
    public TimeSpan? Next
    {
        get
        {
            TimeSpan? next = _flying.TryPeek(out _, out var due) ? due.At : null;
            if (Left.Deadline is { } left && (next is null || left < next)) next = left;
            if (Right.Deadline is { } right && (next is null || right < next)) next = right;
            return next;
        }
    }

    /// <summary>Goes to a time, at which something is due, and does it.</summary>
    public void Step(TimeSpan to)
    {
        if (to > Now) Now = to;
        while (_flying.TryPeek(out var flying, out var due) && due.At <= Now)
        {
            _flying.Dequeue();
            flying.To.Receive(flying.Port, flying.Packet, Now);
        }

        if (Left.Deadline <= Now) Left.HandleDeadline(Now);
        if (Right.Deadline <= Now) Right.HandleDeadline(Now);
    }

    /// <summary>Takes what both want to send.</summary>
    public void Pump()
    {
        Pump(Left, LeftPort, Rightward, _toRight, true);
        Pump(Right, RightPort, Leftward, _toLeft, false);
    }

    private void Pump(NetworkStack stack, NetworkInterface port, BadLink link, Action<PacketBuffer, TimeSpan> arrive, bool isRightward)
    {
        for (var i = 0; stack.TryTransmit(port, Now, out var packet); i++)
        {
            if (i == MaxPacketsAtOnce) throw new InvalidOperationException("A stack sends without end.");
            Packets++;
            Sees?.Invoke(Now, isRightward, packet);
            link.Send(packet, Now, arrive);
        }
    }
}
