using System.Globalization;
using System.Text;
using Fathom.Cli.Output;
using Fathom.Probes.Application.Http;
using Fathom.Wire.Application.Http;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Fathom.Cli.Http;

/// <summary>Shows the same request sent several times: one line each, and what the method promises.</summary>
internal static class HttpRepeatText
{
    // A body longer than this says too much for one line.
    private const int MaximumShownBody = 60;

    public static IRenderable Render(string method, IReadOnlyList<HttpJourney> journeys)
    {
        var rows = journeys.Select(static (journey, i) => (IReadOnlyList<string>)
        [
            (i + 1).ToString(CultureInfo.InvariantCulture),
            journey.Last.Answer?.Head is { } head ? $"{head.Status} {head.Reason}" : journey.Last.Failure!.Kind.ToString(),
            journey.Last.Connection.Reused ? "same" : "new",
            Note(journey.Last),
        ]);
        return new Rows(Listing.Heading($"{method} {journeys[0].Hops[0].Target}"), Listing.Columns(["", "status", "connection", "answer"], rows), new Padder(new Text(Promise(method)), new Padding(2, 0, 0, 0)));
    }

    private static string Note(HttpHop hop)
    {
        if (hop.Answer is not { } answer) return hop.Failure!.Detail;
        if (answer.Head.Fields.First("Location") is { } location) return $"Location: {location}";
        var body = answer.Content.Content.Span;
        if (answer.IsStored) return string.Create(CultureInfo.InvariantCulture, $"{answer.BodyLength} octets, in the file");
        if (body.IsEmpty) return answer.Head.Fields.First("ETag") is { } tag ? $"ETag: {tag}" : "";
        return body.Length <= MaximumShownBody && HttpBodyText.IsText(body) ? Encoding.UTF8.GetString(body).TrimEnd() : string.Create(CultureInfo.InvariantCulture, $"{body.Length} octets");
    }

    private static string Promise(string method) => !HttpMethodRegistry.TryFind(method, out var entry) ? $"{method} is not registered: nobody knows what repeating it does."
        : entry.IsSafe ? $"{method} is safe, and so idempotent: it asks for no change, however often it is sent (RFC 9110 §9.2.1)."
        : entry.IsIdempotent ? $"{method} is idempotent: sent several times, the server's state is that of once (RFC 9110 §9.2.2)."
        : $"{method} is not idempotent: each time it may happen again (RFC 9110 §9.2.2). A client must not repeat it unasked.";
}
