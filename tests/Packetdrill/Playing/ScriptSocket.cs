using Fathom.Stack.Transport;
using Fathom.Stack.Transport.Tcp;
using Fathom.Wire.Transport;

namespace Packetdrill.Playing;

/// <summary>What a file descriptor of a script stands for, with what Linux keeps beside the connection itself.</summary>
internal sealed class ScriptSocket(SocketKind kind)
{
    public SocketKind Kind { get; set; } = kind;

    public TcpConnection? Connection { get; set; }

    public TcpListener? Listener { get; set; }

    public UdpSocket? Datagrams { get; set; }

    public IpEndpoint? Bound { get; set; }

    public IpEndpoint? Peer { get; set; }

    public bool IsNonBlocking { get; set; }

    /// <summary>Nothing more is to be read but what is there: Linux tells TCP nothing of it.</summary>
    public bool IsReadShut { get; set; }

    /// <summary>The connection's error was told; Linux tells it once.</summary>
    public bool ErrorTold { get; set; }

    /// <summary>A connect was told of success.</summary>
    public bool ConnectTold { get; set; }

    /// <summary>recvmsg tells how much is left (TCP_INQ).</summary>
    public bool TellsUnread { get; set; }

    /// <summary>Octets of a file that are left.</summary>
    public long FileLeft { get; set; }

    public SocketOptions Options { get; set; } = new();

    /// <summary>Linux's room for octets that wait: what SO_SNDBUF set, or the system's default.</summary>
    public SendSpace Space { get; set; } = new();

    public List<EpollItem> EpollItems { get; } = [];

    public string? ErrorOf() => Connection?.Ending is { } ending && !ErrorTold ? Errors.Of(ending) : null;
}
