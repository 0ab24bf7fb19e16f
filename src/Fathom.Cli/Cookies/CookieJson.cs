using System.Globalization;
using System.Text.Json;
using Fathom.Wire.Application.Cookies;

namespace Fathom.Cli.Cookies;

/// <summary>Decisions and choices as members of JSON objects.</summary>
internal static class CookieJson
{
    public static void Write(Utf8JsonWriter writer, CookieDecision decision, IReadOnlyList<CookieRemark> remarks)
    {
        writer.WriteString("decision", Lower(decision.Kind.ToString()));
        writer.WriteString("rule", decision.Rule);
        writer.WriteString("detail", decision.Detail);
        if (decision.Cookie is { } cookie)
        {
            writer.WriteStartObject("cookie");
            Write(writer, cookie);
            writer.WriteEndObject();
        }

        writer.WriteStartArray("remarks");
        foreach (var remark in remarks)
        {
            writer.WriteStartObject();
            writer.WriteString("kind", Lower(remark.Kind.ToString()));
            writer.WriteString("severity", Lower(remark.Severity.ToString()));
            writer.WriteString("rule", remark.Rule);
            writer.WriteString("detail", remark.Detail);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    public static void Write(Utf8JsonWriter writer, StoredCookie cookie)
    {
        writer.WriteString("name", cookie.Name);
        writer.WriteString("value", cookie.Value);
        writer.WriteString("domain", cookie.Domain);
        writer.WriteBoolean("hostOnly", cookie.HostOnly);
        writer.WriteString("path", cookie.Path);
        writer.WriteBoolean("secure", cookie.Secure);
        writer.WriteBoolean("httpOnly", cookie.HttpOnly);
        writer.WriteString("sameSite", Lower(cookie.SameSite.ToString()));
        if (cookie.ExpiresAt is { } end) writer.WriteString("expires", end.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
    }

    public static string Lower(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
