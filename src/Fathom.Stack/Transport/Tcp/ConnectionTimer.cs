using Fathom.Stack.Timing;

namespace Fathom.Stack.Transport.Tcp;

/// <summary>The earliest of a connection's timers. A later one is not moved forward until the earlier time has come: most timers are set anew before they go off.</summary>
internal sealed class ConnectionTimer(TcpConnection connection) : Deadline
{
    public void Cancel() => connection.Layer.Deadlines.Cancel(this);

    public override void Expire(TimeSpan now) => connection.OnTimer(now);
}
