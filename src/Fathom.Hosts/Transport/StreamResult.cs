using Fathom.Hosts.Internet;

namespace Fathom.Hosts.Transport;

/// <summary>How a read or write on a stream ended.</summary>
/// <param name="Status">How.</param>
/// <param name="Count">Octets read or written. 0 unless <see cref="StreamStatus.Ok"/>, or partial writes.</param>
/// <param name="Error">The ICMP or local error, for <see cref="StreamStatus.Failed"/>.</param>
public readonly record struct StreamResult(StreamStatus Status, int Count, NetworkError? Error = null);
