using Fathom.Wire.Internet;

namespace Fathom.Hosts.Internet;

/// <summary>One of many echo requests that are sent together.</summary>
/// <param name="Destination">Where to; of the socket's version.</param>
/// <param name="Sequence">The sequence number.</param>
public readonly record struct EchoRequest(IpAddress Destination, ushort Sequence);
