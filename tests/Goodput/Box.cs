using Fathom.Stack.Buffers;
using Luck;

namespace Goodput;

/// <summary>A path between two ends in real time: what one sends comes to the other later, or not at all.</summary>
internal sealed class Box
{
    // What is taken from one end before the other has its turn.
    private const int Batch = 64;

    private readonly PriorityQueue<(IEnd To, PacketBuffer Packet), (TimeSpan At, long Order)> _flying = new();
    private readonly BadLink _there;
    private readonly BadLink _back;
    private readonly Action<PacketBuffer, TimeSpan> _toServer;
    private readonly Action<PacketBuffer, TimeSpan> _toClient;
    private long _order;

    public Box(IEnd client, IEnd server, LinkConditions there, LinkConditions back, int seed, PacketPool pool)
    {
        Client = client;
        Server = server;
        _there = new BadLink(there, seed ^ 0x5151, pool);
        _back = new BadLink(back, seed ^ 0x2A2A, pool);
        _toServer = (packet, at) => _flying.Enqueue((Server, packet), (at, _order++));
        _toClient = (packet, at) => _flying.Enqueue((Client, packet), (at, _order++));
    }

    public IEnd Client { get; }

    public IEnd Server { get; }

    /// <summary>When something is due next, whatever comes.</summary>
    public TimeSpan Next
    {
        get
        {
            var next = _flying.TryPeek(out _, out var due) ? due.At : TimeSpan.MaxValue;
            if (Client.Deadline is { } client && client < next) next = client;
            if (Server.Deadline is { } server && server < next) next = server;
            return next;
        }
    }

    /// <summary>Does what is due. True where an end may have more to send.</summary>
    public bool Step(TimeSpan now)
    {
        while (_flying.TryPeek(out var flying, out var due) && due.At <= now)
        {
            _flying.Dequeue();
            flying.To.Give(flying.Packet, now);
        }

        if (Client.Deadline <= now) Client.HandleDeadline(now);
        if (Server.Deadline <= now) Server.HandleDeadline(now);
        return Pump(Client, _there, _toServer, now) | Pump(Server, _back, _toClient, now);
    }

    private static bool Pump(IEnd end, BadLink link, Action<PacketBuffer, TimeSpan> arrive, TimeSpan now)
    {
        for (var i = 0; i < Batch; i++)
        {
            if (!end.TryTake(now, out var packet)) return false;
            link.Send(packet, now, arrive);
        }

        return true;
    }
}
