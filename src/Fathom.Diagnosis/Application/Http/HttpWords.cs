using Fathom.Probes.Application.Http;
using Fathom.Wire.Application;

namespace Fathom.Diagnosis.Application.Http;

/// <summary>HTTP outcomes in words.</summary>
internal static class HttpWords
{
    public static string Describe(HttpOutcome outcome) => outcome switch
    {
        HttpOutcome.Completed c => $"{StatusLine(outcome)}, {Text.Count(c.BodyLength, "octet")} of body{(c.BodyCut ? ", reading stopped there" : string.Empty)} in {Text.Ms(c.Duration)}",
        HttpOutcome.TimedOut t => $"{(t.Head is null ? "no response" : StatusLine(outcome) + ", and no end of its body")} in {Text.Seconds(t.Waited)}",
        HttpOutcome.Broken b => $"{(b.Head is null ? "no response" : StatusLine(outcome) + $", {Text.Count(b.BodyLength, "octet")} of body")}, then {Ended(b.Status)}",
        HttpOutcome.Malformed m => $"not a valid response: {m.Error.Detail}",
        _ => "no outcome",
    };

    public static string StatusLine(HttpOutcome outcome) => outcome.Head is not { } head ? "no response"
        : head.Reason.Length == 0 ? $"{head.Status}" : $"{head.Status} {TextSanitizer.Escape(head.Reason)}";

    private static string Ended(Probes.Application.ByteStreamStatus status) => status switch
    {
        Probes.Application.ByteStreamStatus.End => "the server closed the connection",
        Probes.Application.ByteStreamStatus.EndWithoutCloseNotify => "the server closed the connection without close_notify",
        Probes.Application.ByteStreamStatus.Reset => "the server reset the connection",
        Probes.Application.ByteStreamStatus.Alert => "the server sent a TLS alert",
        _ => "the connection was given up",
    };
}
