namespace Fathom.Stack.Transport;

/// <summary>What UDP has counted, by the names of RFC 4113.</summary>
/// <param name="InDatagrams">Datagrams put into a socket's queue.</param>
/// <param name="NoPorts">Datagrams for a port where nobody listens.</param>
/// <param name="InErrors">Datagrams that were damaged, or without a checksum over IPv6, or that a full queue had no room for.</param>
/// <param name="OutDatagrams">Datagrams that sockets sent.</param>
public sealed record UdpStatistics(long InDatagrams, long NoPorts, long InErrors, long OutDatagrams);
