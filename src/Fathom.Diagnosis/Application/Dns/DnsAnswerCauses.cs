using Fathom.Probes.Application.Dns;
using Fathom.Probes.Application.Dns.Iterative;
using Fathom.Wire.Application;
using Fathom.Wire.Application.Dns;
using Fathom.Wire.Internet;

namespace Fathom.Diagnosis.Application.Dns;

/// <summary>The causes that lie in what the resolvers answered: no such name, no address, refused, failed, bogus, a loop of aliases.</summary>
internal static class DnsAnswerCauses
{
    // RFC 8914 §4.7 to §4.13 (6 to 12): DNSSEC bogus and its kinds.
    private const ushort FirstBogus = 6;
    private const ushort LastBogus = 12;

    // Unbound follows 11 aliases (MAX_RESTART_COUNT), BIND 16: what is shorter was followed.
    private const int UsualAliases = 11;

    /// <summary>Judges why the name has no address.</summary>
    /// <param name="name">What was learned.</param>
    /// <param name="version">The only version asked for, or null.</param>
    public static Finding? Judge(NameObservation name, IpVersion? version)
    {
        if (name.Addresses.Count > 0 || name.Answers.Count == 0) return null;
        var evidence = name.Answers.SelectMany(static a => a.Evidence).ToArray();
        if (name.Answers.SelectMany(static a => a.Chains).FirstOrDefault(static c => c.IsLoop) is { } loop)
        {
            return new Finding(Causes.DnsCnameLoop, Severity.Fail, Stage.Dns,
                $"The aliases of {name.Name} do not end: {string.Join(" → ", loop.Names.Take(6))}{(loop.Names.Count > 6 ? " → …" : string.Empty)}.", evidence)
            {
                Fix = "Mend the CNAME records of the zone.",
            };
        }

        // The first server with a definite word is the one that a stub believes.
        var definite = name.Answers.FirstOrDefault(static a => a.IsDefinite);
        if (definite is { SaysNonExistent: true })
        {
            var missing = definite.Chains.Select(static c => c.Names).FirstOrDefault(static n => n.Count > 1)?[^1];
            var what = missing is null ? $"The name {name.Name} does not exist" : $"{name.Name} is an alias of {missing}, which does not exist";
            return new Finding(Causes.DnsNxdomain, Severity.Fail, Stage.Dns, $"{what}: {definite.Server.Address} answers NXDOMAIN.", evidence)
            {
                Fix = "Check the spelling; if the name is yours, check its registration and its zone.",
            };
        }

        if (definite is not null)
        {
            var alias = definite.Chains.Select(static c => c.Names).FirstOrDefault(static n => n.Count > 1);
            var through = alias is null ? string.Empty : $" (an alias of {alias[^1]})";
            if (definite.BlockedAddresses is [var blocked, ..])
            {
                return new Finding(Causes.DnsNoAddress, Severity.Fail, Stage.Dns,
                    $"{definite.Server.Address} answers {blocked} for {name.Name}: no address of any host, but how a resolver blocks a name.", evidence)
                {
                    Fix = "Take the name off the resolver's block list, or use another resolver.",
                };
            }

            // RFC 2308 §2.2: that the last name has no record is said with the SOA of its zone. Without one the chain was left in the middle,
            // by a server that is no resolver, or after many aliases; stubs such as dnsmasq and systemd-resolved leave the SOA out as well, and have followed the chain.
            if (alias is not null && definite.Messages.All(m => m.Authorities.All(static r => r.Data is not DnsData.Soa) && (!m.RecursionAvailable || alias.Count > UsualAliases))) return OfUnfinishedChain(name, definite, alias, evidence);
            if (OfDelegation(name, definite, "answers without any record", evidence) is { } behind) return behind;
            var types = version switch { IpVersion.V4 => "A", IpVersion.V6 => "AAAA", _ => "A or AAAA" };
            return new Finding(Causes.DnsNoAddress, Severity.Fail, Stage.Dns, $"The name {name.Name}{through} exists and has no {types} record.", evidence)
            {
                Fix = "Add an address record to the zone, or use the name that has one (often www.).",
            };
        }

        if (name.FindCode(DnsResponseCode.ServFail) is { } servfail) return OfServfail(name, servfail.Server, servfail.Message, evidence);
        if (name.FindCode(DnsResponseCode.Refused) is { } refused)
        {
            return new Finding(Causes.DnsRefused, Severity.Fail, Stage.Dns, $"The resolver {refused.Server.Server.Address} refuses to answer this machine (REFUSED).", evidence)
            {
                Fix = "Use a resolver that serves this network, or allow this network in the resolver's access list.",
            };
        }

        if (name.IsSilentOnThisName) return OfSilence(name);
        var other = name.Answers.SelectMany(static a => a.Messages).OrderByDescending(static m => m.ResponseCode).FirstOrDefault();
        if (other is null) return null;
        var half = other.ResponseCode == DnsResponseCode.NoError;
        return new Finding(half ? Causes.DnsServerUnreachable : Causes.DnsServfail, Severity.Fail, Stage.Dns,
            half ? $"The resolver says that {name.Name} has no address of one kind, and does not answer the question for the other." : $"The resolver answers {other.ResponseCode.ToText()}.", evidence)
        {
            Confidence = Confidence.Likely,
            Fix = "Ask the resolver's operator; try another resolver.",
            Alternatives = [new Alternative(half ? Causes.DnsNoAddress : Causes.DnsMalformed, "Ask another resolver the same question.")],
        };
    }

    private static Finding OfUnfinishedChain(NameObservation name, ServerAnswers server, IReadOnlyList<DnsName> chain, IReadOnlyList<string> evidence)
    {
        var why = server.Messages.Any(static m => m.RecursionAvailable) ? string.Empty : ": it does not ask other servers for its clients (no recursion)";
        return new Finding(Causes.DnsNoAddress, Severity.Fail, Stage.Dns,
            $"{name.Name} is an alias of {chain[^1]}{(chain.Count > 2 ? $" over {chain.Count - 2} more" : string.Empty)}, and {server.Server.Address} does not say what addresses that has{why}.", evidence)
        {
            Confidence = Confidence.Likely,
            Fix = "Use a resolver that follows aliases to their end; shorten the chain of CNAME records where it is yours.",
            Alternatives = [new Alternative(Causes.DnsCnameLoop, $"Ask for the last name itself: fathom dns {chain[^1]}")],
        };
    }

    /// <summary>The name's only addresses are no single host's.</summary>
    /// <param name="name">What was learned.</param>
    /// <param name="address">One of them.</param>
    /// <param name="what">"a multicast address (224.0.0.0/4)".</param>
    public static Finding OfMany(NameObservation name, IpAddress address, string what)
        => new(Causes.DnsNoAddress, Severity.Fail, Stage.Dns, $"{name.Name} has no address of a host: {address}, which the resolver answers, is {what}.", [.. name.Answers.SelectMany(static a => a.Evidence)])
        {
            Fix = "Mend the address record in the zone.",
        };

    /// <summary>An earlier resolver says that there is nothing, and a later one has addresses: libc believes the first.</summary>
    public static Finding? JudgeDisagreement(NameObservation name)
    {
        var first = name.Answers.FirstOrDefault(static a => a.IsDefinite);
        var other = name.Answers.FirstOrDefault(static a => a.Addresses.Count > 0);
        if (first is null || other is null || first.Addresses.Count > 0 || name.HostsAddresses.Count > 0) return null;
        return new Finding(first.SaysNonExistent ? Causes.DnsNxdomain : Causes.DnsNoAddress, Severity.Warn, Stage.Dns,
            $"The resolvers disagree: {first.Server.Address}, which is asked first, says that {name.Name} {(first.SaysNonExistent ? "does not exist" : "has no address")}; {other.Server.Address} has {other.Addresses[0]}. Programs on this machine believe the first.",
            [.. first.Evidence, .. other.Evidence])
        {
            Fix = "Put the resolver that knows the name first, or forward that zone to it (split DNS).",
        };
    }

    /// <summary>The resolver failed because signatures do not check: it says so, or answers where checking is disabled.</summary>
    public static bool IsBogus(NameObservation name, DnsMessage message)
        => FindBogus(message) is not null || name.CheckingDisabled is DnsExchangeOutcome.Answered { Message.ResponseCode: DnsResponseCode.NoError };

    private static DnsExtendedError? FindBogus(DnsMessage message) => message.Edns?.ExtendedErrors.FirstOrDefault(static e => e.Code is >= FirstBogus and <= LastBogus);

    // The question to the last server, its answer, and what the socket told.
    private const int LastSteps = 3;

    // What the delegation, followed without the resolver, shows: aliases without end, or servers that do not serve the zone.
    private static Finding? OfDelegation(NameObservation name, ServerAnswers server, string what, IReadOnlyList<string> evidence)
    {
        if (name.Delegation is not { } behind) return null;
        // Where the walk ended says the most; then what the resolver said; then how the walk got there.
        evidence = [.. behind.Evidence.TakeLast(LastSteps).Concat(evidence).Concat(behind.Evidence).Distinct()];
        if (behind.Aliases.Count > 0)
        {
            return new Finding(Causes.DnsCnameLoop, Severity.Fail, Stage.Dns,
                $"The resolver {server.Server.Address} {what} for {name.Name}, whose aliases do not end: {string.Join(" → ", behind.Aliases)}.", evidence)
            {
                Fix = "Mend the CNAME records of the zone.",
            };
        }

        if (behind.Zone is not { } zone || behind.Servers.Any(static r => r.Service == ZoneService.Served)) return null;
        IReadOnlyList<DelegatedServer> lame = behind.Unserving is { Count: > 0 } all ? all : behind.Lame;
        if (lame.Count == 0) return null;
        var confidence = behind.Confidence;
        return new Finding(Causes.DnsLameDelegation, Severity.Fail, Stage.Dns,
            $"{zone} is delegated to {string.Join("; to ", lame.Select(static l => $"{l.Title}, which {l.Words}"))}. The resolver {server.Server.Address} {what} for {name.Name}.", evidence)
        {
            Confidence = confidence,
            Fix = $"Load the zone {zone} on the server, or correct its NS records in the zone above.",
            Alternatives = confidence == Confidence.Certain ? [] : [Otherwise(behind, zone)],
        };
    }

    // What a delegation that is only probably lame may be besides: servers that fail for a while, or that this machine cannot reach.
    private static Alternative Otherwise(DelegationObservation behind, DnsName zone)
    {
        if (behind.Servers.FirstOrDefault(static s => s.Service is ZoneService.Silent or ZoneService.Closed) is { } silent)
            return new Alternative(silent.Service == ZoneService.Silent ? Causes.PathSilent : Causes.PathFiltered, $"Ask from another network, or check the way to it: fathom check dns://{silent.Server.Address}/{zone}");
        return new Alternative(Causes.DnsServfail, $"Ask the servers of {zone} again in some minutes, and read their logs: a zone that is not loaded stays away.");
    }

    private static Finding OfServfail(NameObservation name, ServerAnswers server, DnsMessage message, IReadOnlyList<string> evidence)
    {
        var extended = message.Edns?.ExtendedErrors ?? [];
        var bogus = FindBogus(message);
        if (IsBogus(name, message))
        {
            var why = bogus is not null
                ? $"extended error {bogus.Code}, {bogus.Name}{(bogus.Text.Length > 0 ? $": {TextSanitizer.Escape(bogus.Text)}" : string.Empty)}"
                : "the same question with checking disabled is answered";
            return new Finding(Causes.DnsDnssecBogus, Severity.Fail, Stage.Dns,
                $"The resolver {server.Server.Address} rejects the signatures of {name.Name} ({why}).", [.. evidence, .. name.CheckingDisabled?.Evidence ?? []])
            {
                Fix = "If the zone is yours: renew its signatures and check the DS record at the parent. Else tell its operator.",
            };
        }

        if (OfDelegation(name, server, "fails (SERVFAIL)", evidence) is { } behind) return behind;
        var more = extended.Count > 0 ? $" (extended error {extended[0].Code}, {extended[0].Name})" : string.Empty;
        return new Finding(Causes.DnsServfail, Severity.Fail, Stage.Dns,
            $"The resolver {server.Server.Address} could not resolve {name.Name} (SERVFAIL{more}).{Behind(name)}", [.. evidence, .. name.CheckingDisabled?.Evidence ?? [], .. name.Delegation?.Evidence ?? []])
        {
            Fix = "The name's own servers may be unreachable or misconfigured: ask another resolver, or follow the delegation.",
        };
    }

    // The resolver answers for other names, so that it is none that is dead; for this one it has not come to an end.
    private static Finding OfSilence(NameObservation name)
    {
        var server = name.Answers[0];
        IReadOnlyList<string> evidence = [.. server.Evidence, .. name.Impossible?.Evidence ?? []];
        if (OfDelegation(name, server, "gives no answer", evidence) is { } behind) return behind;
        return new Finding(Causes.DnsServfail, Severity.Fail, Stage.Dns,
            $"The resolver {server.Server.Address} answers for other names, and gives no answer for {name.Name}: it has not resolved it in {Text.Seconds(server.Duration)}.{Behind(name)}", [.. evidence, .. name.Delegation?.Evidence ?? []])
        {
            Confidence = Confidence.Likely,
            Fix = "The name's own servers may be unreachable or misconfigured: ask another resolver, or follow the delegation.",
            Alternatives = [new Alternative(Causes.DnsServerUnreachable, "Ask the resolver the same question again, with more patience.")],
        };
    }

    // What is known of the name's own servers, where it is no reason.
    private static string Behind(NameObservation name)
    {
        if (name.Delegation is not { Zone: { } zone, Servers: [var first, ..] servers }) return string.Empty;
        if (servers.All(static s => s.Reply.IsUsable)) return $" The servers of {zone} answer this machine: the trouble is the resolver's own, or lies on its way to them.";
        if (servers.All(static s => s.Service == ZoneService.Failing)) return $" {zone} is delegated to {first.Title}, which {first.Words}.";
        return servers.FirstOrDefault(static s => s.Reply is ServerReply.Error) is { Reply: ServerReply.Error { Code: var code } } failed
            ? $" A server of the zone {zone}, {failed.Title}, answers {code.ToText()} for it as well." : string.Empty;
    }
}
