using Fathom.Stack.Transport.Tcp;

namespace Luck;

/// <summary>One end of a connection, and the program that uses it.</summary>
internal sealed class Endpoint(EndpointPlan plan, int stream, int peerStream)
{
    private readonly byte[] _buffer = new byte[Math.Max(plan.WriteSize, plan.ReadSize)];
    private long _written;
    private TimeSpan _readsAt;
    private bool _isShut;
    private bool _isClosed;

    public TcpConnection? Connection { get; set; }

    public long Read { get; private set; }

    /// <summary>It aborted.</summary>
    public bool HasAborted { get; private set; }

    /// <summary>It read to the end of the stream.</summary>
    public bool SawEnd { get; private set; }

    /// <summary>The first octet that was not what the other side wrote; null: none.</summary>
    public long? WrongAt { get; private set; }

    /// <summary>When it wants to do something though nothing has happened; null: never.</summary>
    public TimeSpan? Wakes => Connection is { Available: > 0 } && !_isClosed && _readsAt != default ? _readsAt : null;

    public bool IsDone => Connection is null || Connection.Ending is not null;

    /// <summary>Does what can be done now.</summary>
    public void Step(TimeSpan now)
    {
        if (Connection is not { } connection || _isClosed) return;
        connection.NoDelay = plan.NoDelay;
        Write(connection);
        ReadSome(connection, now);
        if (plan.Ending == Ending.Abort && _written + Read >= plan.AbortAt)
        {
            HasAborted = connection.Ending is null;
            connection.Abort();
        }

        if (!_isShut && _written == plan.Octets && plan.Ending != Ending.CloseAfterRead)
        {
            connection.ShutdownWrite();
            _isShut = true;
        }

        if (connection.Ending is not null || (SawEnd && _written == plan.Octets))
        {
            // What arrived before the end is still there to be read.
            while (connection.Available > 0 && Take(connection, connection.Available))
            {
            }

            connection.Close();
            _isClosed = true;
        }
    }

    private void Write(TcpConnection connection)
    {
        while (_written < plan.Octets)
        {
            var size = (int)Math.Min(plan.WriteSize, plan.Octets - _written);
            var octets = _buffer.AsSpan(0, size);
            Pattern.Fill(octets, _written, stream);
            var taken = connection.Write(octets);
            if (taken <= 0) return;
            _written += taken;
            if (taken < size) return;
        }
    }

    private void ReadSome(TcpConnection connection, TimeSpan now)
    {
        while (connection.Available > 0 && now >= _readsAt)
        {
            if (!Take(connection, plan.ReadSize)) return;
            if (plan.ReadPause > TimeSpan.Zero) _readsAt = now + plan.ReadPause;
        }

        if (connection.IsReadEnded && connection.Ending?.Kind is null or TcpEndingKind.Closed) SawEnd = true;
    }

    private bool Take(TcpConnection connection, int most)
    {
        var octets = _buffer.AsSpan(0, Math.Min(_buffer.Length, most));
        var taken = connection.Read(octets);
        if (taken <= 0) return false;
        var wrong = Pattern.FindWrong(octets[..taken], Read, peerStream);
        if (wrong >= 0) WrongAt ??= wrong;
        Read += taken;
        return true;
    }
}
