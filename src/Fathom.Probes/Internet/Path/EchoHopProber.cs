using Fathom.Wire.Internet;

namespace Fathom.Probes.Internet.Path;

/// <summary>Probes with ICMP echo over an open session, which the caller keeps.</summary>
/// <param name="session">The session.</param>
/// <param name="own">This host's addresses.</param>
public sealed class EchoHopProber(EchoSession session, IReadOnlyCollection<IpAddress> own) : IHopProber
{
    /// <summary>Octets of data in a small probe: the two that keep the checksum steady, and six of pattern.</summary>
    private const int SmallData = 8;

    /// <inheritdoc/>
    public string Method => "ICMP echo";

    /// <inheritdoc/>
    public string Flow => "one flow: all probes have the same identifier and the same ICMP checksum";

    /// <inheritdoc/>
    public async Task<PathHop> ProbeAsync(HopQuestion question, TimeSpan wait, CancellationToken cancellation)
    {
        var limit = question.HopLimit;
        return await session.ProbeAsync(question.DataLength(session.Destination.Version, SmallData), question.Options, wait, cancellation) switch
        {
            EchoOutcome.Answered a => HopAnswers.Arrived(limit, a.From, a.RoundTrip, a.HopLimit),
            EchoOutcome.Failed f => HopAnswers.OfError(limit, f.Error, f.After, session.Destination, own, false),
            _ => HopAnswers.Silent(limit),
        };
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => default;
}
