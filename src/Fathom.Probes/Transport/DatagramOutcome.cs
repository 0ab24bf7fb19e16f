using Fathom.Hosts;
using Fathom.Hosts.Internet;

namespace Fathom.Probes.Transport;

/// <summary>What became of a datagram.</summary>
public abstract record DatagramOutcome
{
    /// <summary>Ids of the evidence.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];

    /// <summary>A reply came.</summary>
    /// <param name="Length">Octets of its payload.</param>
    /// <param name="RoundTrip">From sending to arrival.</param>
    public sealed record Answered(int Length, TimeSpan RoundTrip) : DatagramOutcome;

    /// <summary>An error came.</summary>
    /// <param name="Error">The error.</param>
    public sealed record Failed(NetworkError Error) : DatagramOutcome;

    /// <summary>Nothing came: no reply, no error. UDP cannot tell whether the datagram arrived.</summary>
    public sealed record Silent : DatagramOutcome;

    /// <summary>The host could not send.</summary>
    /// <param name="Refusal">The reason.</param>
    public sealed record NotSent(HostRefusal Refusal) : DatagramOutcome;
}
