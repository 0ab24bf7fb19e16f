using Fathom.Hosts.Transport;

namespace Fathom.Probes.Transport;

/// <summary>
/// Which end keeps the connection in TIME-WAIT (RFC 9293 §3.6.1): the one that closed first, so that its last acknowledgment can be
/// sent again, and old segments die before the pair of endpoints is used anew.
/// </summary>
/// <param name="Owner">By the order of closing; <see cref="ClosingSide.Unknown"/> after a reset, which leaves none.</param>
/// <param name="Socket">The socket as this host's kernel lists it; null where it is not here, or the host does not list its sockets.</param>
/// <param name="IsPeersSocket"><paramref name="Socket"/> is the peer's end, which is on this machine, too.</param>
public sealed record TimeWaitReport(ClosingSide Owner, HostSocket? Socket, bool IsPeersSocket);
