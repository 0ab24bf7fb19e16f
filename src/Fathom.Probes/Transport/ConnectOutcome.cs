using Fathom.Hosts.Transport;
using Fathom.Wire.Transport;

namespace Fathom.Probes.Transport;

/// <summary>What became of one attempt to connect, with its evidence.</summary>
/// <param name="Remote">The endpoint.</param>
/// <param name="Result">The host's answer. A connection in it belongs to whoever asked for the probe.</param>
/// <param name="Duration">From the call to its return.</param>
/// <param name="Evidence">Ids of the evidence.</param>
public sealed record ConnectOutcome(IpEndpoint Remote, ConnectResult Result, TimeSpan Duration, IReadOnlyList<string> Evidence)
{
    /// <summary>The connection, or null.</summary>
    public IStreamConnection? Connection => (Result as ConnectResult.Connected)?.Connection;
}
