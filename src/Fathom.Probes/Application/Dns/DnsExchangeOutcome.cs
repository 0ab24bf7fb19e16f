using Fathom.Hosts;
using Fathom.Hosts.Internet;
using Fathom.Wire.Application.Dns;
using Fathom.Wire.Transport;

namespace Fathom.Probes.Application.Dns;

/// <summary>What became of one question to one server.</summary>
/// <param name="Server">The server.</param>
/// <param name="Question">The question.</param>
public abstract record DnsExchangeOutcome(IpEndpoint Server, DnsQuestion Question)
{
    /// <summary>From the first query to the end.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Queries sent over UDP.</summary>
    public int Queries { get; init; }

    /// <summary>Ids of the evidence.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];

    /// <summary>Replies that were dropped on the way to this outcome, each with the reason: a wrong id, another question, a parse error.</summary>
    public IReadOnlyList<string> Discarded { get; init; } = [];

    /// <summary>A message with the right id and question came.</summary>
    /// <param name="Server">The server.</param>
    /// <param name="Question">The question.</param>
    /// <param name="Message">The message, whatever its response code.</param>
    /// <param name="OverTcp">It came over TCP, after truncation.</param>
    public sealed record Answered(IpEndpoint Server, DnsQuestion Question, DnsMessage Message, bool OverTcp) : DnsExchangeOutcome(Server, Question);

    /// <summary>Nothing came in time.</summary>
    /// <param name="Server">The server.</param>
    /// <param name="Question">The question.</param>
    public sealed record TimedOut(IpEndpoint Server, DnsQuestion Question) : DnsExchangeOutcome(Server, Question);

    /// <summary>An ICMP or local error came instead.</summary>
    /// <param name="Server">The server.</param>
    /// <param name="Question">The question.</param>
    /// <param name="Error">The error.</param>
    public sealed record Failed(IpEndpoint Server, DnsQuestion Question, NetworkError Error) : DnsExchangeOutcome(Server, Question);

    /// <summary>Replies came, and none could be used.</summary>
    /// <param name="Server">The server.</param>
    /// <param name="Question">The question.</param>
    /// <param name="Reason">What was wrong with the last one.</param>
    public sealed record Malformed(IpEndpoint Server, DnsQuestion Question, string Reason) : DnsExchangeOutcome(Server, Question);

    /// <summary>The answer over UDP was truncated, and TCP did not work.</summary>
    /// <param name="Server">The server.</param>
    /// <param name="Question">The question.</param>
    /// <param name="Reason">How TCP failed.</param>
    public sealed record TcpFailed(IpEndpoint Server, DnsQuestion Question, string Reason) : DnsExchangeOutcome(Server, Question);

    /// <summary>The host could not ask.</summary>
    /// <param name="Server">The server.</param>
    /// <param name="Question">The question.</param>
    /// <param name="Refusal">The reason.</param>
    public sealed record NotAsked(IpEndpoint Server, DnsQuestion Question, HostRefusal Refusal) : DnsExchangeOutcome(Server, Question);
}
