using System.Globalization;
using Fathom.Hosts.Internet;
using Fathom.Probes.Internet.Path;

namespace Fathom.Probes.Internet.Trace;

/// <summary>Reads a trace as an experienced person does: what each oddity means, how sure that is, and what it does not mean.</summary>
public static class TraceReading
{
    // Fewer lost probes at the end than this are no pattern.
    private const int LeastLost = 2;

    // A jump below this is what a queue or a busy router makes of any hop.
    private const double NotableJump = 20;

    // A way back that is longer or shorter by one or two is within the guess from a hop limit.
    private const int NotableAsymmetry = 3;

    /// <summary>Reads.</summary>
    /// <param name="trace">The trace.</param>
    /// <returns>The lines: first whether and where it ends, then what is worth a word on the way.</returns>
    public static IReadOnlyList<ReadingLine> Read(TraceOutcome trace)
    {
        ArgumentNullException.ThrowIfNull(trace);
        var lines = new List<ReadingLine>();
        if (trace.Hops.Count == 0) return lines;
        Ending(trace, lines);
        if (trace.LocalError is not null) return lines;
        // In a loop two routers answer for all hops, and their limits are spent at once: neither silence nor loss means anything.
        if (trace.Loop.Count > 0) return lines;
        Silence(trace, lines);
        Loss(trace, lines);
        Latency(trace, lines);
        Ways(trace, lines);
        Asymmetry(trace, lines);
        Labels(trace, lines);
        Mtu(trace, lines);
        return lines;
    }

    private static void Ending(TraceOutcome trace, List<ReadingLine> lines)
    {
        var last = trace.LastAnswer;
        if (trace.Hops.FirstOrDefault(static h => h.IsDestination) is { } end)
        {
            var routers = end.HopLimit - 1;
            lines.Add(new(ReadingKind.Reached, ReadingConfidence.Certain, end.HopLimit,
                $"{trace.Destination} answers at hop {end.HopLimit}: {(routers == 0 ? "no router" : routers == 1 ? "one router" : $"{routers} routers")} between here and there{Round(end)}."));
        }
        else if (trace.LocalError is { } local)
        {
            lines.Add(new(ReadingKind.Stops, ReadingConfidence.Certain, null, $"This host did not send the probes: {local.Describe()}.", true));
        }
        else if (trace.Refusal is { Refusal: { } refusal } hop)
        {
            lines.Add(new(ReadingKind.Refused, ReadingConfidence.Certain, hop.HopLimit,
                $"At hop {hop.HopLimit} {Who(hop)} refuses the packets and says so: {refusal.Error!.Describe()}{Means(refusal.Meaning)}.", true));
        }
        else if (trace.Loop is { Count: > 0 } loop)
        {
            lines.Add(new(ReadingKind.Loop, ReadingConfidence.Likely, last?.HopLimit,
                $"Packets circle between {string.Join(" and ", loop)}: each sends them to the other until the hop limit runs out. Their routing tables contradict each other.", true));
        }
        else if (trace.AnswersBeyond)
        {
            lines.Add(new(ReadingKind.Reached, ReadingConfidence.Certain, null,
                $"{trace.Destination} answers a probe with the largest hop limit, but none of those shown: it is farther than hop {trace.Hops[^1].HopLimit}, or its limit on answers was spent by earlier probes."));
        }
        else if (last is null)
        {
            lines.Add(new(ReadingKind.Stops, ReadingConfidence.Possible, null,
                "No hop answers at all, not even the first router: packets leave this host and nothing is heard of them, or everybody here filters these probes.", true));
        }
        else
        {
            lines.Add(new(ReadingKind.Stops, ReadingConfidence.Likely, last.HopLimit,
                $"The last answer comes from hop {last.HopLimit} ({Who(last)}); nothing is heard beyond it, and {trace.Destination} does not answer. Packets are dropped behind that hop without a word, "
                + "the destination is down or filters these probes, or answers are lost on the way back.", true));
        }
    }

    private static void Silence(TraceOutcome trace, List<ReadingLine> lines)
    {
        var lastAnswer = trace.LastAnswer?.HopLimit ?? 0;
        var silent = trace.Hops.Where(h => h is { Answers.Count: 0, Sent: > 0 } && h.HopLimit < lastAnswer).Select(static h => h.HopLimit).ToArray();
        if (silent.Length == 0) return;
        lines.Add(new(ReadingKind.Silent, ReadingConfidence.Certain, silent[0],
            $"{(silent.Length == 1 ? "Hop" : "Hops")} {Join(silent)} {(silent.Length == 1 ? "answers" : "answer")} no probe and {(silent.Length == 1 ? "forwards" : "forward")} packets all the same, as later hops answer: "
            + "no fault, such routers are told to be silent or have spent their limit on ICMP errors."));
    }

    private static void Loss(TraceOutcome trace, List<ReadingLine> lines)
    {
        var answering = trace.Hops.Where(static h => h.Answers.Count > 0 && h.Sent > 0).ToArray();
        if (answering.Length == 0) return;
        var end = answering[^1];
        var real = end.Lost >= LeastLost && end.IsDestination;
        int? begins = null;
        if (real)
        {
            // The first hop from which on all hops lose about what the destination loses.
            for (var i = answering.Length - 1; i >= 0 && answering[i].Lost > 0 && answering[i].LossRate >= end.LossRate / 2; i--) begins = answering[i].HopLimit;
            lines.Add(new(ReadingKind.Loss, end.Sent >= 10 ? ReadingConfidence.Likely : ReadingConfidence.Possible, (byte)begins!.Value,
                $"{Rate(end)} probes to the destination itself are lost, and loss is seen at every answering hop from hop {begins} on: packets are lost at hop {begins} or on the link to it, or answers on the way back.", true));
        }

        // Compared with the best of what lies beyond: who forwards to it without loss does not lose.
        var limited = new List<TraceHop>();
        for (var i = 0; i < answering.Length - 1; i++)
        {
            if (begins is { } from && answering[i].HopLimit >= from) break;
            var later = answering[(i + 1)..].Min(static h => h.LossRate);
            if (answering[i].Lost > 0 && answering[i].LossRate > later && (!real || answering[i].LossRate > end.LossRate)) limited.Add(answering[i]);
        }

        if (limited.Count == 0) return;
        lines.Add(new(ReadingKind.RateLimited, limited.Exists(static h => h.Lost >= LeastLost) ? ReadingConfidence.Likely : ReadingConfidence.Possible, limited[0].HopLimit,
            $"{(limited.Count == 1 ? "Hop" : "Hops")} {string.Join(", ", limited.Select(static h => $"{h.HopLimit} ({h.Lost} of {h.Sent} unanswered)"))} {(limited.Count == 1 ? "answers" : "answer")} fewer probes than {(limited.Count == 1 ? "it forwards" : "they forward")}, "
            + "as hops beyond lose less: rate limiting of ICMP errors, not loss of your packets."));
    }

    private static void Latency(TraceOutcome trace, List<ReadingLine> lines)
    {
        var answering = trace.Hops.Where(static h => h.Best is not null).ToArray();
        double before = 0;
        for (var i = 0; i < answering.Length; i++)
        {
            var best = answering[i].Best!.Value;
            var beyond = i + 1 < answering.Length ? answering[(i + 1)..].Min(static h => h.Best!.Value) : best;
            if (best - beyond >= NotableJump)
            {
                lines.Add(new(ReadingKind.SlowControlPlane, ReadingConfidence.Likely, answering[i].HopLimit,
                    $"Hop {answering[i].HopLimit} takes {Ms(best)} to answer while a hop beyond it takes {Ms(beyond)}: it forwards fast and answers slowly (its control plane is busy). No delay for your packets."));
                continue;
            }

            if (best - before >= NotableJump)
            {
                lines.Add(new(ReadingKind.LongLink, answering[i].Answers.Count > 1 ? ReadingConfidence.Likely : ReadingConfidence.Possible, answering[i].HopLimit,
                    $"{(i == 0 ? "The way to" : $"The way from hop {answering[i - 1].HopLimit} to")} hop {answering[i].HopLimit} adds {Ms(best - before)}, and it stays: distance, or a queue, on that link or on the way back from it."));
            }

            before = Math.Max(before, Math.Min(best, beyond));
        }
    }

    private static void Ways(TraceOutcome trace, List<ReadingLine> lines)
    {
        foreach (var hop in trace.Hops.Where(static h => h.Addresses.Count > 1))
        {
            lines.Add(new(ReadingKind.SeveralWays, ReadingConfidence.Likely, hop.HopLimit,
                $"{hop.Addresses.Count} routers answer at hop {hop.HopLimit} ({string.Join(", ", hop.Addresses)}): load is shared there by packet, or the way changed while it was measured. {Sentence(trace.Flow)}"));
        }
    }

    private static void Asymmetry(TraceOutcome trace, List<ReadingLine> lines)
    {
        var hop = trace.Hops.LastOrDefault(static h => h.HopsBack is not null);
        if (hop?.HopsBack is not { } back || Math.Abs(back - hop.HopLimit) < NotableAsymmetry) return;
        lines.Add(new(ReadingKind.Asymmetry, ReadingConfidence.Possible, hop.HopLimit,
            $"The answer from hop {hop.HopLimit} seems to have come back over {back} hops, by the hop limit left in it: the way back is another one than the way there."));
    }

    private static void Labels(TraceOutcome trace, List<ReadingLine> lines)
    {
        var labeled = trace.Hops.Where(static h => h.Labels.Count > 0).ToArray();
        if (labeled.Length == 0) return;
        lines.Add(new(ReadingKind.Mpls, ReadingConfidence.Certain, labeled[0].HopLimit,
            $"At {(labeled.Length == 1 ? "hop" : "hops")} {Join(labeled.Select(static h => h.HopLimit))} packets travel under MPLS labels ({string.Join(", ", labeled.SelectMany(static h => h.Labels).Select(static l => l.Label).Distinct().Take(8))}): "
            + "answers may take the tunnel to its end first, so that round trips inside it look alike."));
    }

    private static void Mtu(TraceOutcome trace, List<ReadingLine> lines)
    {
        if (trace.Mtu is not { } mtu) return;
        foreach (var report in mtu.Reports)
        {
            var hop = trace.Hops.FirstOrDefault(h => report.By is { } by && h.Addresses.Contains(by));
            var who = report.IsLocal ? "this host" : report.By is { } address ? $"{address}{(hop is null ? string.Empty : $" (hop {hop.HopLimit})")}" : "a router";
            lines.Add(new(ReadingKind.Mtu, ReadingConfidence.Certain, hop?.HopLimit, $"The link behind {who} carries packets of {report.Mtu} octets at the most, and {who} says so."));
        }

        if (mtu is { Mtu: { } passed, Lost: { } lost })
        {
            var where = mtu.HoleAfter is { } after ? $" behind hop {after}" : string.Empty;
            lines.Add(new(ReadingKind.Mtu, ReadingConfidence.Likely, mtu.HoleAfter,
                $"Packets of {lost} octets vanish{where} and nobody reports it (a black hole); {passed} octets get through. Large transfers hang while small ones work.", true));
        }
        else if (mtu.Mtu is { } whole)
        {
            lines.Add(new(ReadingKind.Mtu, ReadingConfidence.Certain, null, $"Packets of {whole} octets reach the destination whole: that is the path MTU."));
        }
        else
        {
            lines.Add(new(ReadingKind.Mtu, ReadingConfidence.Possible, null, "The path MTU could not be measured: the destination answers no probe that must not be fragmented."));
        }
    }

    private static string Means(IcmpMeaning meaning) => meaning switch
    {
        IcmpMeaning.Prohibited => " (a filter forbids it)",
        IcmpMeaning.Unreachable => " (it has no way there)",
        IcmpMeaning.NeighborUnresolved => " (the address does not answer on its link)",
        IcmpMeaning.PortUnreachable => " (a firewall pretends that the port is closed)",
        _ => string.Empty,
    };

    private static string Who(TraceHop hop) => hop.Addresses.Count > 0 ? string.Join(", ", hop.Addresses) : "this host";

    private static string Round(TraceHop hop) => hop.Best is { } best ? $", {Ms(best)} for the round trip" : string.Empty;

    private static string Rate(TraceHop hop) => $"{hop.Lost} of {hop.Sent}";

    private static string Ms(double milliseconds) => milliseconds.ToString(milliseconds < 1 ? "0.00" : milliseconds < 10 ? "0.0" : "0", CultureInfo.InvariantCulture) + " ms";

    private static string Sentence(string text) => text.Length == 0 ? string.Empty : char.ToUpperInvariant(text[0]) + text[1..] + ".";

    private static string Join(IEnumerable<byte> hops)
    {
        var list = hops.Select(static h => h.ToString(CultureInfo.InvariantCulture)).ToArray();
        return list.Length < 2 ? string.Concat(list) : string.Join(", ", list[..^1]) + " and " + list[^1];
    }
}
