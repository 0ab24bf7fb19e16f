using System.Text;
using Fathom.Wire.Application.Http;

namespace Fathom.Wire.Tests.Application.Http;

/// <summary>llhttp's strict response cases: http/llhttp/response in the pack.</summary>
public sealed class LlhttpResponseTests
{
    // Where we mean to differ, and why.
    private static readonly Dictionary<string, string> Exceptions = new()
    {
        ["connection: HTTP/1.1 with keep-alive disabled and 204 status"] = "octets after the last response are the caller's; here they stand for an extra message",
        ["finish: It should be safe to finish with cb after empty response"] = "the log leaves out the completion that the close brings",
        ["invalid: Invalid space after start line"] = "its line never ends, and we judge whole lines",
        ["invalid: Only LFs present and no body"] = "RFC 9112 §2.2 lets a recipient take a bare LF; browsers and curl do",
        ["invalid: Only LFs present"] = "the same",
        ["sample: No carriage ret"] = "the same",
        ["sample: RTSP response"] = "RTSP is not HTTP",
        ["sample: ICE response"] = "ICE is not HTTP",
        ["sample: HTTP version 0.9"] = "HTTP/0.9 has no status line",
        ["transfer-encoding: Trailing space on chunked body"] = "servers that pad sizes exist; tolerated and said",
        ["transfer-encoding: No extension after semicolon"] = "extensions are ignored; tolerated and said",
        ["transfer-encoding: Unbalanced chunk extensions quoting"] = "the same",
    };

    [Fact]
    public void AgreesWithLlhttp()
    {
        var wrong = new List<string>();
        var count = 0;
        foreach (var test in LlhttpCase.Load("response").Where(static test => test.Type is "response" or "response-finish"))
        {
            count++;
            var (messages, error) = Read(test);
            var agrees = messages == test.Messages() && (error is not null) == test.IsRefused;
            if (Exceptions.ContainsKey(test.Name)) Assert.False(agrees, $"{test.Name} is no exception any more");
            else if (!agrees) wrong.Add($"=== {test.Name}: {error?.ToString() ?? "accepted"}, llhttp {(test.IsRefused ? "refuses" : "accepts")}\n{messages}--- llhttp\n{test.Messages()}");
        }

        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
        Assert.InRange(count, 60, 100);
    }

    // One reader for each response, as long as the connection lives.
    private static (string Messages, HttpError? Error) Read(LlhttpCase test)
    {
        var text = new StringBuilder();
        var rest = test.Input.AsSpan();
        do
        {
            var reading = HttpReading.Of(rest.ToArray(), test.SkipsBody ? "HEAD" : "GET", close: test.Type == "response-finish");
            text.Append(reading.Handler.Log);
            rest = rest[reading.Consumed..];
            if (reading.Error is not null) return (text.ToString(), reading.Error);
            if (reading.Reader.State != HttpReadState.Complete || reading.Reader.Head!.Status == 101) break;
        }
        while (!rest.IsEmpty);
        return (text.ToString(), null);
    }
}
