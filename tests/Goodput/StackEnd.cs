using System.Diagnostics.CodeAnalysis;
using Fathom.Stack;
using Fathom.Stack.Buffers;
using Fathom.Stack.Link;
using Fathom.Stack.Transport.Tcp;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;
using Luck;

namespace Goodput;

/// <summary>Fathom's stack, with the settings it has by itself.</summary>
internal sealed class StackEnd : IEnd
{
    private readonly EndPlan _plan;
    private readonly Func<TimeSpan> _clock;
    private readonly NetworkStack _stack;
    private readonly NetworkInterface _port;
    private readonly TcpListener? _listener;
    private readonly byte[] _buffer = new byte[64 * 1024];
    private TcpConnection? _connection;
    private long _written;

    public StackEnd(EndPlan plan, PacketPool pool, Func<TimeSpan> clock)
    {
        _plan = plan;
        _clock = clock;
        _stack = new NetworkStack(new StackOptions(), new SeededRandom(plan.Seed), pool);
        _port = _stack.AddInterface(new InterfaceOptions { Name = "link0", Mtu = EndPlan.Mtu });
        _stack.AddAddress(_port, IpAddress.Parse(plan.IsClient ? EndPlan.ClientAddress : EndPlan.ServerAddress), 24);
        if (!plan.IsClient && !_stack.Tcp.TryListen(At, new TcpListenOptions(), out _listener, out var refusal)) throw new InvalidOperationException(refusal.ToString());
    }

    public int Descriptor => -1;

    public TimeSpan? Deadline => _stack.Deadline;

    public long Received { get; private set; }

    public TimeSpan? FinishedAt { get; private set; }

    private static IpEndpoint At => new(IpAddress.Parse(EndPlan.ServerAddress), EndPlan.Port);

    public void Start()
    {
        if (_plan.IsClient && !_stack.Tcp.TryConnect(At, new TcpConnectOptions(), out _connection, out var refusal)) throw new InvalidOperationException(refusal.ToString());
    }

    public bool TryTake(TimeSpan now, [NotNullWhen(true)] out PacketBuffer? packet)
    {
        Work();
        return _stack.TryTransmit(_port, now, out packet);
    }

    public void Give(PacketBuffer packet, TimeSpan now) => _stack.Receive(_port, packet, now);

    public void HandleDeadline(TimeSpan now) => _stack.HandleDeadline(now);

    public void Dispose()
    {
    }

    private void Work()
    {
        if (_connection is null && _listener?.TryAccept(out var accepted) == true) _connection = accepted;
        if (_connection is null) return;
        if (!_plan.IsClient)
        {
            while (_connection.Read(_buffer) is > 0 and var taken) Received += taken;
            if (Received >= _plan.Length) FinishedAt ??= _clock();
            return;
        }

        while (_written < _plan.Length && _connection.Write(_buffer.AsSpan(0, (int)Math.Min(_buffer.Length, _plan.Length - _written))) is > 0 and var taken) _written += taken;
        if (_written == _plan.Length) _connection.ShutdownWrite();
    }
}
