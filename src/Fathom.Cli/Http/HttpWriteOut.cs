using System.Globalization;
using System.Text;
using Fathom.Probes.Application.Http;

namespace Fathom.Cli.Http;

/// <summary>
/// curl's <c>-w</c>: a line of one's own after the answer, "%{http_code} %{time_total}\n". Times are seconds of the last request from its
/// beginning, as in curl: time_connect holds the time for the name too. time_total is that of the whole journey.
/// </summary>
internal sealed class HttpWriteOut
{
    // Names are curl's; a script moves over without a change.
    private static readonly Dictionary<string, Func<HttpJourney, string?, string>> Variables = new(StringComparer.Ordinal)
    {
        ["http_code"] = static (j, _) => string.Create(CultureInfo.InvariantCulture, $"{j.Last.Answer?.Head.Status ?? 0:000}"),
        ["response_code"] = static (j, _) => string.Create(CultureInfo.InvariantCulture, $"{j.Last.Answer?.Head.Status ?? 0:000}"),
        ["http_version"] = static (j, _) => j.Last.Answer is { } a ? FormattableString.Invariant($"1.{a.Head.MinorVersion}") : "0",
        ["method"] = static (j, _) => j.Last.Request.Method,
        ["scheme"] = static (j, _) => j.Last.Target.Scheme,
        ["url"] = static (j, _) => j.Hops[0].Target.ToString(),
        ["url_effective"] = static (j, _) => j.Last.Target.ToString(),
        ["redirect_url"] = static (j, _) => j.Last.Answer?.Head is { Status: >= 300 and < 400 } head && head.Fields.First("Location") is { } location && j.Last.Target.TryResolve(location, out var next, out _) ? next.ToString() : "",
        ["num_redirects"] = static (j, _) => Number(j.Hops.Count(static h => h.Next.Length > 0 && h.Answer?.Head.Status is >= 300 and < 400)),
        ["num_connects"] = static (j, _) => Number(j.Hops.Count(static h => h.Connection is { Reused: false, Remote: not null })),
        ["num_headers"] = static (j, _) => Number(j.Last.Answer?.Head.Fields.Count ?? 0),
        ["content_type"] = static (j, _) => j.Last.Answer?.Head.Fields.First("Content-Type") ?? "",
        ["local_ip"] = static (j, _) => j.Last.Connection.Local?.Address.ToString() ?? "",
        ["local_port"] = static (j, _) => Number(j.Last.Connection.Local?.Port ?? 0),
        ["remote_ip"] = static (j, _) => j.Last.Connection.Remote?.Address.ToString() ?? "",
        ["remote_port"] = static (j, _) => Number(j.Last.Connection.Remote?.Port ?? 0),
        ["size_download"] = static (j, _) => Number(j.Last.Answer?.BodyLength ?? 0),
        ["size_request"] = static (j, _) => Number(j.Hops.Sum(HeadLength)),
        ["size_upload"] = static (j, _) => Number(j.Last.RequestBytes.Length - HeadLength(j.Last)),
        ["speed_download"] = static (j, _) => Number(j.Duration > TimeSpan.Zero ? (long)((j.Last.Answer?.BodyLength ?? 0) / j.Duration.TotalSeconds) : 0),
        ["ssl_verify_result"] = static (j, _) => j.Last.Connection.Certificates is { IsTrusted: false } ? "1" : "0",
        ["time_namelookup"] = static (j, _) => Seconds(j.Last.Phases.Name ?? default),
        ["time_connect"] = static (j, _) => Seconds(Connected(j.Last.Phases)),
        ["time_appconnect"] = static (j, _) => Seconds(j.Last.Phases.Tls is { } tls ? Connected(j.Last.Phases) + (j.Last.Phases.Proxy ?? default) + tls : default),
        ["time_pretransfer"] = static (j, _) => Seconds(Ready(j.Last.Phases)),
        ["time_starttransfer"] = static (j, _) => Seconds(Ready(j.Last.Phases) + (j.Last.Phases.Wait ?? default)),
        ["time_redirect"] = static (j, _) => Seconds(j.Hops.SkipLast(1).Aggregate(TimeSpan.Zero, static (sum, h) => sum + h.Phases.Total)),
        ["time_total"] = static (j, _) => Seconds(j.Duration),
        ["errormsg"] = static (j, _) => j.Last.Failure?.Detail ?? "",
        ["filename_effective"] = static (_, file) => file ?? "",
    };

    // Text of the format, or a variable.
    private readonly List<(string Text, Func<HttpJourney, string?, string>? Variable)> _parts;

    private HttpWriteOut(List<(string Text, Func<HttpJourney, string?, string>? Variable)> parts) => _parts = parts;

    /// <summary>The names that can stand in %{…}.</summary>
    public static IEnumerable<string> Names => Variables.Keys;

    /// <summary>Reads the format.</summary>
    /// <param name="format">The text of <c>-w</c>.</param>
    /// <param name="result">The format, or null.</param>
    /// <param name="reason">What was expected, where the answer is false.</param>
    public static bool TryParse(string format, out HttpWriteOut? result, out string reason)
    {
        (result, reason) = (null, "");
        var parts = new List<(string Text, Func<HttpJourney, string?, string>? Variable)>();
        var text = new StringBuilder();
        void Flush()
        {
            parts.Add((text.ToString(), null));
            text.Clear();
        }

        for (var i = 0; i < format.Length; i++)
        {
            var rest = format.AsSpan(i);
            if (rest.StartsWith("%%"))
            {
                text.Append('%');
                i++;
            }
            else if (rest.StartsWith("%{") || rest.StartsWith("%header{"))
            {
                var open = rest.IndexOf('{');
                var close = rest.IndexOf('}');
                if (close < 0)
                {
                    reason = $"-w: '{rest}' has no end; expected {rest[..(open + 1)]}NAME}}";
                    return false;
                }

                var name = rest[(open + 1)..close].ToString();
                Flush();
                if (open > 1) parts.Add(("", (journey, _) => journey.Last.Answer?.Head.Fields.First(name) ?? ""));
                else if (Variables.TryGetValue(name, out var variable)) parts.Add(("", variable));
                else
                {
                    reason = $"-w: %{{{name}}} is not known; known are {string.Join(", ", Names)}, and %header{{NAME}}";
                    return false;
                }

                i += close;
            }
            else if (rest.Length > 1 && rest[0] == '\\' && rest[1] is 'n' or 'r' or 't')
            {
                text.Append(rest[1] switch { 'n' => '\n', 'r' => '\r', _ => '\t' });
                i++;
            }
            else
            {
                text.Append(format[i]);
            }
        }

        Flush();
        result = new HttpWriteOut(parts);
        return true;
    }

    /// <summary>The text for a journey.</summary>
    /// <param name="journey">The journey.</param>
    /// <param name="file">The file that has the body, or null.</param>
    /// <param name="safe">Escapes a value that may come from the network, where a terminal shows it.</param>
    public string Of(HttpJourney journey, string? file, Func<string, string> safe) => string.Concat(_parts.Select(part => part.Variable is { } variable ? safe(variable(journey, file)) : part.Text));

    private static int HeadLength(HttpHop hop) => hop.RequestBytes.Span.IndexOf("\r\n\r\n"u8) is >= 0 and var end ? end + 4 : 0;

    private static TimeSpan Connected(HttpPhases phases) => (phases.Name ?? default) + (phases.Tcp ?? default);

    private static TimeSpan Ready(HttpPhases phases) => Connected(phases) + (phases.Proxy ?? default) + (phases.Tls ?? default);

    // curl writes microseconds.
    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.000000", CultureInfo.InvariantCulture);

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
