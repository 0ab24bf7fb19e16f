using System.Text;
using Fathom.Probes.Application.Http;
using Fathom.Wire.Application.Http;

namespace Fathom.Cli.Http;

/// <summary>The curl line for the same request.</summary>
internal static class HttpEquivalent
{
    public static string Curl(HttpRequestInput input, HttpAgentOptions options, HttpTarget target)
    {
        var line = new StringBuilder("curl -i");
        if (input.Method == "HEAD") line.Append(" -I");
        else if (input.Method != (input.Body is null ? "GET" : "POST")) line.Append(" -X ").Append(Quote(input.Method));
        foreach (var field in input.Fields) line.Append(" -H ").Append(Quote($"{field.Name}: {field.Value}"));
        if (input.UploadName is { } upload) line.Append(" -T ").Append(Quote(upload));
        else if (input.Fields.First("Content-Type")?.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase) == true) line.Append(" -F NAME=VALUE");
        else if (input.Body is { } body) line.Append(" --data-raw ").Append(HttpBodyText.IsText(body) ? Quote(Encoding.UTF8.GetString(body)) : "@FILE");
        if (options.FollowRedirects) line.Append(" -L");
        if (options.Insecure) line.Append(" -k");
        if (options.Compressed) line.Append(" --compressed");
        if (options.MinorVersion == 0) line.Append(" -0");
        if (options.Version is { } version) line.Append(" -").Append((int)version);

        // The password does not go where shells keep a history.
        if (input.Credentials is { } user) line.Append(" -u ").Append(Quote(user[..user.IndexOf(':', StringComparison.Ordinal)]));
        return line.Append(' ').Append(Quote(target.ToString())).ToString();
    }

    private static string Quote(string text) => text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '/' or ':' or '.' or '-' or '_' or '=' or '%') ? text : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
