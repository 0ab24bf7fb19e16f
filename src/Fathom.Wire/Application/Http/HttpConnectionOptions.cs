namespace Fathom.Wire.Application.Http;

/// <summary>Reads Connection for persistence (RFC 9112 §9.3).</summary>
internal static class HttpConnectionOptions
{
    /// <summary>True when the sender keeps the connection open after this message.</summary>
    public static bool KeepsAlive(HttpFields fields, int minorVersion)
    {
        var options = fields.Combined("Connection") is { } value ? HttpSyntax.SplitList(value) : [];
        if (options.Contains("close", StringComparer.OrdinalIgnoreCase)) return false;
        return minorVersion >= 1 || options.Contains("keep-alive", StringComparer.OrdinalIgnoreCase);
    }
}
