namespace Fathom.Hosts.Transport;

/// <summary>A program that has a socket open.</summary>
/// <param name="ProcessId">Its process.</param>
/// <param name="Name">The process's name, which it may choose itself: escape it before a terminal.</param>
/// <param name="Descriptor">The descriptor by which it has the socket.</param>
public sealed record SocketOwner(int ProcessId, string Name, int Descriptor);
