namespace Fathom.Wire.Application.Http;

/// <summary>The rules that a head must keep to be sent. Each answers null, or the rule that is broken.</summary>
internal static class HttpHeadChecks
{
    public static HttpWriteError? Check(HttpRequestHead head)
    {
        if (!HttpSyntax.IsToken(head.Method)) return new(HttpWriteErrorKind.BadMethod, "the method is not a token (RFC 9110 §9.1)");
        if (!HttpSyntax.IsTarget(head.Target)) return new(HttpWriteErrorKind.BadTarget, "the target is empty, or holds a space, a control or a non-ASCII character (RFC 9112 §3.2)");
        if (!HttpSyntax.HasTargetForm(head.Method, head.Target)) return new(HttpWriteErrorKind.BadTarget, "the target has none of the four forms, or not the one for its method (RFC 9112 §3.2)");
        if (head.MinorVersion is not (0 or 1)) return new(HttpWriteErrorKind.BadVersion, "the version is neither 1.0 nor 1.1");
        var hosts = head.Fields.All("Host").ToList();
        if (hosts.Count == 0 && head.MinorVersion == 1) return new(HttpWriteErrorKind.HostMissing, "an HTTP/1.1 request has exactly one Host field, and this has none (RFC 9112 §3.2)");
        if (hosts.Count > 1) return new(HttpWriteErrorKind.HostRepeated, "a request has exactly one Host field, and this has more (RFC 9112 §3.2)");
        if (CheckFields(head.Fields) is { } wrong) return wrong;
        if (hosts.Count == 1 && !HttpSyntax.IsHost(hosts[0])) return new(HttpWriteErrorKind.BadHost, "Host is not a host and a port (RFC 9112 §3.2)");
        if (head.Method == "CONNECT" && (head.Fields.Contains("Content-Length") || head.Fields.Contains("Transfer-Encoding")))
            return new(HttpWriteErrorKind.BodyOnConnect, "CONNECT has no body, and states one (RFC 9110 §9.3.6)");
        return CheckFraming(head.Fields, head.MinorVersion, isRequest: true);
    }

    public static HttpWriteError? Check(HttpResponseHead head)
    {
        if (head.MajorVersion != 1 || head.MinorVersion is not (0 or 1)) return new(HttpWriteErrorKind.BadVersion, "the version is neither 1.0 nor 1.1");
        if (head.Status is < 100 or > 999) return new(HttpWriteErrorKind.BadStatus, "the status is not three digits (RFC 9112 §4)");
        if (!HttpSyntax.IsFieldValue(head.Reason)) return new(HttpWriteErrorKind.BadFieldValue, "the reason phrase holds a control character, or one outside Latin-1 (RFC 9112 §4)");
        return CheckFields(head.Fields) ?? CheckFraming(head.Fields, head.MinorVersion, isRequest: false);
    }

    // RFC 9110 §5.1 and §5.5. A CR, LF or NUL here would begin a field, or a message, of somebody else's choice.
    public static HttpWriteError? CheckFields(HttpFields fields)
    {
        foreach (var field in fields)
        {
            if (field.Name is null || !HttpSyntax.IsToken(field.Name)) return new(HttpWriteErrorKind.BadFieldName, "a field name is not a token (RFC 9110 §5.1)");
            if (field.Value is null || !HttpSyntax.IsFieldValue(field.Value)) return new(HttpWriteErrorKind.BadFieldValue, "a field value holds a control character, or one outside Latin-1 (RFC 9110 §5.5)");
        }

        return null;
    }

    private static HttpWriteError? CheckFraming(HttpFields fields, int minorVersion, bool isRequest)
    {
        if (fields.Combined("Transfer-Encoding") is { } encoding)
        {
            if (fields.Contains("Content-Length")) return new(HttpWriteErrorKind.LengthAndTransferEncoding, "Content-Length and Transfer-Encoding together (RFC 9112 §6.2)");
            if (!HttpTransferEncoding.TryParse(encoding, out var endsInChunked) || (isRequest && !endsInChunked)) return new(HttpWriteErrorKind.BadTransferEncoding, "Transfer-Encoding does not end in \"chunked\", once (RFC 9112 §6.1)");
            if (minorVersion == 0) return new(HttpWriteErrorKind.BadTransferEncoding, "Transfer-Encoding in HTTP/1.0 (RFC 9112 §6.1)");
            return null;
        }

        var lengths = fields.All("Content-Length").ToList();
        if (lengths.Count == 0) return null;
        if (lengths.Count > 1) return new(HttpWriteErrorKind.RepeatedLength, "more than one Content-Length (RFC 9110 §8.6)");
        return lengths[0].Contains(',', StringComparison.Ordinal) || !HttpContentLength.TryParse(lengths[0], out _, out _)
            ? new(HttpWriteErrorKind.BadLength, "Content-Length is not a number (RFC 9110 §8.6)")
            : null;
    }
}
