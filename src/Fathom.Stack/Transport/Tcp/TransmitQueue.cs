using System.Diagnostics.CodeAnalysis;
using Fathom.Stack.Timing;

namespace Fathom.Stack.Transport.Tcp;

/// <summary>The connections that may have something to send, each once, in turn. The chain is in the connections themselves: an idle one costs nothing.</summary>
internal sealed class TransmitQueue(OwnWork work)
{
    private TcpConnection? _first;
    private TcpConnection? _last;

    /// <summary>A connection may have something to send.</summary>
    public void Add(TcpConnection connection)
    {
        if (connection.IsListed) return;
        connection.IsListed = true;
        if (_last is null) _first = connection;
        else _last.NextListed = connection;
        _last = connection;
        work.MayExist = true;
    }

    /// <summary>Takes the one whose turn it is.</summary>
    public bool TryTake([NotNullWhen(true)] out TcpConnection? connection)
    {
        connection = _first;
        if (connection is null) return false;
        _first = connection.NextListed;
        if (_first is null) _last = null;
        connection.NextListed = null;
        connection.IsListed = false;
        return true;
    }
}
