using Fathom.Wire.Transport;

namespace Fathom.Probes.Transport;

/// <summary>What a scan found out about one port.</summary>
/// <param name="Endpoint">Address and port.</param>
/// <param name="State">What it is.</param>
/// <param name="Reason">What came, or did not: "RST", "ICMP communication administratively prohibited from 192.0.2.1".</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="Evidence">Ids of the evidence.</param>
public sealed record PortResult(IpEndpoint Endpoint, PortState State, string Reason, int Attempts, IReadOnlyList<string> Evidence)
{
    /// <summary>From the SYN to what answered it; null where nothing did.</summary>
    public TimeSpan? RoundTrip { get; init; }

    /// <summary>What else it could be, for a state that is less than certain; or null.</summary>
    public string? Otherwise { get; init; }
}
