using System.Text;
using Fathom.Wire.Application.Http;

namespace Fathom.Wire.Tests.Application.Http;

/// <summary>llhttp's strict request cases: http/llhttp/request in the pack.</summary>
public sealed class LlhttpRequestTests
{
    // Where we mean to differ, and why.
    private static readonly Dictionary<string, string> Exceptions = new()
    {
        ["connection: No restart when keep-alive is off (1.0)"] = "octets after the last request are the caller's; here they stand for a message too many",
        ["connection: CRLF between requests, explicit `close`"] = "the same",
        ["connection: CRLF between requests, explicit `close` followed by tab"] = "the same",
        ["content-length: Error on `Content-Length` overflow"] = "its head never ends, and we judge whole heads",
        ["content-length: Error on duplicate `Content-Length`"] = "the same",
        ["content-length: Missing CRLF-CRLF before body"] = "its line never ends, and we judge whole lines",
        ["content-length: Content-Length reset when no body is received"] = "its user skips the body",
        ["invalid: Invalid space after start line"] = "its line never ends",
        ["invalid: Invalid HTTP version"] = "its line never ends",
        ["invalid: HTTP protocol and ANNOUNCE method"] = "any token is a method (RFC 9110 §9.1)",
        ["invalid: Invalid method"] = "the same",
        ["method: CONNECT with body"] = "refused: two readers frame it differently",
        ["method: M-SEARCH request"] = "\"*\" is for OPTIONS alone (RFC 9112 §3.2.4); SSDP is not HTTP over a stream",
        ["method: SOURCE request with ICE"] = "ICE is not HTTP",
        ["method: OPTIONS request with RTSP"] = "RTSP is not HTTP",
        ["method: ANNOUNCE request with RTSP"] = "the same",
        ["sample: No HTTP version"] = "HTTP/0.9 is refused",
        ["transfer-encoding: Ignoring `pigeons`"] = "both refuse, we before the head is handed out",
        ["transfer-encoding: POST with `chunkedchunked` as transfer-encoding"] = "the same",
    };

    [Fact]
    public void AgreesWithLlhttp()
    {
        var wrong = new List<string>();
        var count = 0;
        foreach (var test in LlhttpCase.Load("request").Where(static test => test.Type is "request" or "request-finish"))
        {
            count++;
            var (messages, error) = Read(test);
            var agrees = messages == test.Messages() && (error is not null) == test.IsRefused;
            if (Exceptions.ContainsKey(test.Name)) Assert.False(agrees, $"{test.Name} is no exception any more");
            else if (!agrees) wrong.Add($"=== {test.Name}: {error?.ToString() ?? "accepted"}, llhttp {(test.IsRefused ? "refuses" : "accepts")}\n{messages}--- llhttp\n{test.Messages()}");
        }

        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
        Assert.InRange(count, 100, 200);
    }

    private static (string Messages, HttpError? Error) Read(LlhttpCase test)
    {
        var text = new StringBuilder();
        var rest = Encoding.Latin1.GetString(test.Input);
        do
        {
            var reading = HttpRequestReading.Of(WithHost(rest, out var added), close: test.Type == "request-finish");
            text.Append(added == 0 ? reading.Handler.Log : reading.Handler.Log.Replace("  Host=added\n", "", StringComparison.Ordinal));
            if (reading.Error is not null) return (text.ToString(), reading.Error);
            if (reading.Reader.State != HttpReadState.Complete) break;

            // What follows belongs to nobody, the tunnel or the other protocol.
            if (!reading.Reader.KeepAlive || reading.Reader.Head!.Method == "CONNECT" || reading.Reader.Head.Fields.Contains("Upgrade")) break;
            rest = rest[(reading.Consumed - added)..];
        }
        while (rest.Length > 0);
        return (text.ToString(), null);
    }

    // llhttp does not ask for Host, and most cases have none; RFC 9112 §3.2 does. It is put in where it is missing.
    private static string WithHost(string text, out int added)
    {
        const string Line = "Host: added\r\n";
        added = 0;
        var start = text.Length - text.TrimStart('\r', '\n').Length;
        var lineEnd = text.IndexOf("\r\n", start, StringComparison.Ordinal);
        if (lineEnd < 0) return text;
        var headEnd = text.IndexOf("\r\n\r\n", lineEnd, StringComparison.Ordinal);
        var host = text.IndexOf("\nHost:", lineEnd, StringComparison.OrdinalIgnoreCase);
        if (host >= 0 && (headEnd < 0 || host < headEnd)) return text;
        added = Line.Length;
        return text.Insert(lineEnd + 2, Line);
    }
}
