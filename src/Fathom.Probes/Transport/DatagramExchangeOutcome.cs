using Fathom.Hosts.Internet;
using Fathom.Probes.Internet;

namespace Fathom.Probes.Transport;

/// <summary>What became of one datagram.</summary>
public abstract record DatagramExchangeOutcome
{
    private DatagramExchangeOutcome()
    {
    }

    /// <summary>Ids of the evidence.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];

    /// <summary>A reply came: the datagram arrived, and a program answered.</summary>
    /// <param name="Reply">The reply.</param>
    public sealed record Answered(DatagramReply Reply) : DatagramExchangeOutcome;

    /// <summary>An error came: an ICMP message, or the word of this host's own stack.</summary>
    /// <param name="Error">The error, with who reported it.</param>
    /// <param name="Meaning">What it says of the datagram's way.</param>
    /// <param name="RoundTrip">From sending to the error.</param>
    public sealed record Failed(NetworkError Error, IcmpMeaning Meaning, TimeSpan RoundTrip) : DatagramExchangeOutcome;

    /// <summary>
    /// Neither a reply nor an error came in time. That proves nothing: the datagram or its answer may be lost or filtered, or the
    /// program took it and had nothing to say (RFC 768 promises no delivery).
    /// </summary>
    /// <param name="Waited">How long.</param>
    public sealed record Silent(TimeSpan Waited) : DatagramExchangeOutcome;

    /// <summary>The caller did not want to wait for an answer: the host took the datagram.</summary>
    public sealed record Sent : DatagramExchangeOutcome;
}
