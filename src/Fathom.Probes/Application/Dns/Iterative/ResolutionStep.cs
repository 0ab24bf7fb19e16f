using Fathom.Wire.Application.Dns;

namespace Fathom.Probes.Application.Dns.Iterative;

/// <summary>One step of an iterative resolution.</summary>
/// <param name="Depth">0 for the question itself; more for the addresses of name servers.</param>
/// <param name="Question">The question of the step.</param>
public abstract record ResolutionStep(int Depth, DnsQuestion Question)
{
    /// <summary>A server was asked.</summary>
    /// <param name="Depth">See <see cref="ResolutionStep"/>.</param>
    /// <param name="Question">What was asked.</param>
    /// <param name="Zone">The zone whose server it is.</param>
    /// <param name="Host">The server's name.</param>
    /// <param name="Outcome">The exchange: address, time, transport, evidence.</param>
    /// <param name="Reply">What it means.</param>
    public sealed record Asked(int Depth, DnsQuestion Question, DnsName Zone, DnsName Host, DnsExchangeOutcome Outcome, ServerReply Reply) : ResolutionStep(Depth, Question);

    /// <summary>The cache had the answer.</summary>
    /// <param name="Depth">See <see cref="ResolutionStep"/>.</param>
    /// <param name="Question">What was looked for.</param>
    /// <param name="Entry">What was there.</param>
    public sealed record FoundInCache(int Depth, DnsQuestion Question, DnsCacheEntry Entry) : ResolutionStep(Depth, Question);

    /// <summary>The cache had the servers of a zone above the name, so that the walk does not begin at the root.</summary>
    /// <param name="Depth">See <see cref="ResolutionStep"/>.</param>
    /// <param name="Question">What is looked for.</param>
    /// <param name="Zone">The zone.</param>
    /// <param name="Entry">Its NS records.</param>
    public sealed record BeganAt(int Depth, DnsQuestion Question, DnsName Zone, DnsCacheEntry.Positive Entry) : ResolutionStep(Depth, Question);

    /// <summary>A server's address is needed first: the referral brought no glue for it.</summary>
    /// <param name="Depth">The depth of what follows.</param>
    /// <param name="Question">The question for its address.</param>
    /// <param name="Zone">The zone whose server it is.</param>
    public sealed record NeedsAddress(int Depth, DnsQuestion Question, DnsName Zone) : ResolutionStep(Depth, Question);

    /// <summary>A server was not asked.</summary>
    /// <param name="Depth">See <see cref="ResolutionStep"/>.</param>
    /// <param name="Question">What would have been asked.</param>
    /// <param name="Zone">The zone whose server it is.</param>
    /// <param name="Host">The server's name.</param>
    /// <param name="Reason">Why not, as a phrase.</param>
    public sealed record PassedOver(int Depth, DnsQuestion Question, DnsName Zone, DnsName Host, string Reason) : ResolutionStep(Depth, Question);
}
