using System.Globalization;
using System.Text;
using Fathom.Cli.Output;
using Fathom.Probes.Application.Http;
using Fathom.Wire.Application.Http;

namespace Fathom.Cli.Http;

/// <summary>Says in plain words what happened, with the figures of this run.</summary>
internal static class HttpExplanation
{
    public static string Of(HttpJourney journey)
    {
        var text = new StringBuilder();
        foreach (var hop in journey.Hops)
        {
            text.Append(CultureInfo.InvariantCulture, $"{hop.Request.Method} {hop.Target}: ");
            text.Append(hop.Connection.Reused ? "the connection was still open, so that no handshake was needed. " : hop.Phases.Tcp is { } tcp ? string.Create(CultureInfo.InvariantCulture, $"a TCP connection was opened in {JsonText.Milliseconds(tcp):0.0} ms. ") : "");
            if (HttpMethodRegistry.TryFind(hop.Request.Method, out var method) && method.Meaning.Length > 0) text.Append(CultureInfo.InvariantCulture, $"{method.Name}: {method.Meaning} ");
            text.Append(CultureInfo.InvariantCulture, $"The request is {hop.RequestBytes.Length} octets of text: a line that says what is wanted, {hop.Request.Fields.Count} fields, an empty line{(hop.RequestBytes.Span.EndsWith("\r\n\r\n"u8) ? "" : ", and a body")}. ");
            if (hop.Answer is { } answer) Answer(text, answer);
            if (hop.Failure is { } failure) text.Append(CultureInfo.InvariantCulture, $"It failed at the {failure.Layer} layer: {failure.Detail}. ");
            if (hop.Next.Length > 0) text.Append(CultureInfo.InvariantCulture, $"Then {hop.Next}. ");
        }

        return text.ToString().TrimEnd();
    }

    private static void Answer(StringBuilder text, HttpAnswer answer)
    {
        if (HttpStatusRegistry.TryFind(answer.Head.Status, out var status))
        {
            text.Append(CultureInfo.InvariantCulture, $"{status.Code} {status.Phrase}: {status.Meaning} ");
            if (status.Advice.Length > 0) text.Append(status.Advice).Append(' ');
        }

        text.Append(answer.Framing switch
        {
            HttpFraming.ContentLength => string.Create(CultureInfo.InvariantCulture, $"Content-Length said beforehand where the body of {answer.Body.Length} octets ends. "),
            HttpFraming.Chunked => string.Create(CultureInfo.InvariantCulture, $"The body of {answer.Body.Length} octets came in chunks, each with its size before it; an empty one is the end. "),
            HttpFraming.UntilClose => "Only the close of the connection ended the body: whether it was cut, nobody can tell. ",
            _ => "No body belongs to it. ",
        });
        foreach (var name in answer.Head.Fields.Select(static f => f.Name).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (HttpFieldRegistry.TryFind(name, out var field) && field.Meaning.Length > 0) text.Append(CultureInfo.InvariantCulture, $"{field.Name}: {field.Meaning} ");
        }
    }
}
