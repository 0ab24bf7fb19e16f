using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Hosts.Transport;

/// <summary>One TCP or UDP socket of the host, as its kernel lists it now.</summary>
/// <param name="Protocol"><see cref="IpProtocol.Tcp"/> or <see cref="IpProtocol.Udp"/>.</param>
/// <param name="State">For TCP one of <see cref="TcpStates"/>; for UDP null, as UDP has no states.</param>
/// <param name="Local">Its own address and port. Unspecified: all addresses.</param>
/// <param name="Remote">The peer; null for a socket without one (listening, or UDP that is not connected).</param>
public sealed record HostSocket(IpProtocol Protocol, string? State, IpEndpoint Local, IpEndpoint? Remote)
{
    /// <summary>An IPv6 socket that takes IPv6 only; false for one bound to "::" that takes IPv4 as well; null where the host does not tell.</summary>
    public bool? IsV6Only { get; init; }

    /// <summary>Octets that the program has not read yet; for a listening socket, connections that wait to be accepted.</summary>
    public long ReceiveQueue { get; init; }

    /// <summary>Octets that the peer has not acknowledged yet; for a listening socket, how many connections may wait.</summary>
    public long SendQueue { get; init; }

    /// <summary>How long the kernel will keep the socket in this state (TIME-WAIT), or until its next timer; null where none runs.</summary>
    public TimeSpan? Timer { get; init; }

    /// <summary>The user whose program made it; null where the host does not tell.</summary>
    public long? UserId { get; init; }

    /// <summary>
    /// The programs that have it open. Empty: none, the kernel itself finishes the connection (RFC 9293 §3.6). Null: this process may
    /// not look into the one that has it.
    /// </summary>
    public IReadOnlyList<SocketOwner>? Owners { get; init; }

    /// <summary>A TCP socket that waits for connections, or a UDP socket that takes datagrams from anyone.</summary>
    public bool IsListening => Protocol == IpProtocol.Tcp ? State == TcpStates.Listen : Remote is null;
}
