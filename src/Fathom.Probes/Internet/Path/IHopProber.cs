namespace Fathom.Probes.Internet.Path;

/// <summary>Sends one kind of hop-limited probe to one destination. Any number may be under way at once.</summary>
public interface IHopProber : IAsyncDisposable
{
    /// <summary>What is sent, for people: "ICMP echo", "UDP", "TCP SYN to port 443".</summary>
    string Method { get; }

    /// <summary>How far the probes keep to one flow, so that routers that share load by flow send them all one way: one sentence.</summary>
    string Flow { get; }

    /// <summary>Sends one probe and waits for its answer.</summary>
    /// <param name="question">Hop limit and size.</param>
    /// <param name="wait">How long to wait.</param>
    /// <param name="cancellation">Ends the wait with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>Who answered what; silence is an answer without an address.</returns>
    Task<PathHop> ProbeAsync(HopQuestion question, TimeSpan wait, CancellationToken cancellation);
}
