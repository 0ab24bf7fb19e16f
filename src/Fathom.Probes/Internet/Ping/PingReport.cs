using Fathom.Hosts.Internet;
using Fathom.Wire.Internet;

namespace Fathom.Probes.Internet.Ping;

/// <summary>What a series of echo requests showed.</summary>
/// <param name="Destination">Where they went.</param>
/// <param name="Method">How they were sent.</param>
/// <param name="Statistics">The figures.</param>
/// <param name="Duration">From the first request to the end.</param>
/// <param name="WasInterrupted">A cancellation ended the series; requests under way at that moment are not counted as lost.</param>
public sealed record PingReport(IpAddress Destination, EchoMethod Method, PingStatistics Statistics, TimeSpan Duration, bool WasInterrupted)
{
    /// <summary>The last error that came, or null.</summary>
    public PingEvent.Failed? LastError { get; init; }

    /// <summary>The hop limit left in the last reply, or null.</summary>
    public byte? HopLimit { get; init; }

    /// <summary>Who answered the last reply, or null.</summary>
    public IpAddress? From { get; init; }
}
