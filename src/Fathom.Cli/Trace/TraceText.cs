using System.Globalization;
using System.Text;
using Fathom.Cli.Output;
using Fathom.Hosts.Internet;
using Fathom.Probes.Internet;
using Fathom.Probes.Internet.Path;
using Fathom.Probes.Internet.Trace;
using Fathom.Wire.Application;
using Fathom.Wire.Internet;
using Spectre.Console.Rendering;

namespace Fathom.Cli.Trace;

/// <summary>A trace for people.</summary>
internal static class TraceText
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    /// <summary>The line above the table.</summary>
    public static string Heading(string host, IpAddress address, TraceOptions options)
        => $"trace to {host}{(host == address.ToString() ? string.Empty : $" ({address})")}, {options.MaximumHops} hops at the most";

    /// <summary>The table as traceroute has it: a hop a line, its times one behind the other.</summary>
    public static IRenderable Hops(TraceOutcome trace, IReadOnlyDictionary<IpAddress, string> names)
        => Listing.Columns(["", "", ""], trace.Hops.Select(h => new[] { h.HopLimit.ToString(Invariant), Who(h, names), Times(h) }));

    /// <summary>The table as mtr has it.</summary>
    public static IRenderable Report(TraceOutcome trace, IReadOnlyDictionary<IpAddress, string> names)
        => Listing.Columns(
            ["", "host", "loss", "sent", "last", "avg", "best", "worst", "stdev"],
            trace.Hops.Select(h => new[]
            {
                h.HopLimit.ToString(Invariant), Who(h, names), string.Create(Invariant, $"{100 * h.LossRate:0.#}%"), h.Sent.ToString(Invariant),
                Figure(h.Last), Figure(h.Mean), Figure(h.Best), Figure(h.Worst), Figure(h.Deviation),
            }));

    /// <summary>How sure a line of the reading is, in a word.</summary>
    public static string Word(ReadingLine line) => line.Confidence switch
    {
        ReadingConfidence.Certain => "certain",
        ReadingConfidence.Likely => "likely",
        _ => "possible",
    };

    /// <summary>How a trace works, with this one's numbers.</summary>
    public static string Explain(TraceOutcome trace)
    {
        var sent = trace.Hops.Sum(static h => h.Sent);
        var text = new StringBuilder();
        text.Append(Invariant, $"Every IP packet carries a hop limit (IPv4: TTL). Each router takes one off, and the one that takes the last sends an ICMP \"time exceeded\" back: by that it shows itself. So probes ({trace.Method}) left with hop limits 1, 2, 3 …, all at once, and {trace.Hops.Sum(static h => h.Answers.Count)} of the {sent} that matter were answered. ");
        text.Append(Invariant, $"As for the flow: {trace.Flow}. ");
        text.Append("A round trip is that router's own answer, there and back; it is not the time spent on one link, and the way back may be another one than the way there. ");
        text.Append("Routers answer slowly or seldom when they are busy forwarding: what counts is only what persists to the last hop.");
        return text.ToString();
    }

    /// <summary>The usual tool's line.</summary>
    public static string Equivalent(IpAddress address, TraceOutcome trace, TraceOptions options, bool asReport, bool withNames)
    {
        var n = withNames ? string.Empty : " -n";
        if (asReport || options.Samples > 10) return $"mtr{n} --report -c {options.Samples} {address}";
        var method = trace.Method.StartsWith("ICMP", StringComparison.Ordinal) ? " -I" : trace.Method.StartsWith("TCP", StringComparison.Ordinal) ? $" -T -p {options.Port ?? 80}" : string.Empty;
        return $"traceroute{n}{method} -q {options.Samples} {(options.FindMtu ? "--mtu " : string.Empty)}{address}";
    }

    /// <summary>traceroute(8)'s marks for what is no plain answer; empty for one.</summary>
    public static string Mark(PathHop answer) => answer switch
    {
        { WasNotSent: true } => "not sent",
        { IsDestination: true } or { Meaning: IcmpMeaning.HopLimitExceeded } => string.Empty,
        { Error.Origin: NetworkErrorOrigin.Local } => answer.Error!.Describe(),
        { Error: { Origin: NetworkErrorOrigin.Icmp, Type: 3 } e } => e.Code switch { 0 or 6 or 11 => "!N", 1 or 7 or 12 => "!H", 2 => "!P", 3 => "!p", 4 => $"!F-{e.NextHopMtu}", 9 or 10 or 13 => "!X", _ => $"!{e.Code}" },
        { Error: { Origin: NetworkErrorOrigin.Icmpv6, Type: 1 } e } => e.Code switch { 0 => "!N", 1 or 5 or 6 => "!X", 3 => "!H", 4 => "!p", _ => $"!{e.Code}" },
        { Error: { Origin: NetworkErrorOrigin.Icmpv6, Type: 2 } e } => $"!F-{e.NextHopMtu}",
        _ => string.Empty,
    };

    private static string Who(TraceHop hop, IReadOnlyDictionary<IpAddress, string> names)
    {
        if (hop.Answers.Count == 0) return "*";
        if (hop.Addresses.Count == 0) return "(this host)";
        var text = string.Join(", ", hop.Addresses.Select(a => names.TryGetValue(a, out var name) ? $"{TextSanitizer.Escape(name)} ({a})" : a.ToString()));
        return hop.Labels.Count == 0 ? text : $"{text} MPLS {string.Join(",", hop.Labels.Select(static l => l.Label.ToString(Invariant)))}";
    }

    private static string Times(TraceHop hop)
    {
        if (hop.Sent == 0) return "…";
        var parts = hop.Answers.Select(static a => $"{(a.RoundTrip is { } time ? Figure(time.TotalMilliseconds) + " ms" : string.Empty)} {Mark(a)}".Trim()).ToList();
        // What is not answered yet, or never: as traceroute marks it.
        var silent = hop.Sent - hop.Answers.Count;
        if (silent <= 5) parts.AddRange(Enumerable.Repeat("*", silent));
        else parts.Add($"* ({silent} unanswered)");
        // A long series belongs into --report.
        return parts.Count <= 6 ? string.Join("  ", parts) : string.Join("  ", parts.Take(6)) + " …";
    }

    private static string Figure(double? milliseconds) => milliseconds is { } value ? value.ToString(value < 10 ? "0.00" : value < 100 ? "0.0" : "0", Invariant) : string.Empty;
}
