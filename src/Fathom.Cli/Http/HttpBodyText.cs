using System.Text;
using System.Text.Unicode;
using Fathom.Wire.Application;

namespace Fathom.Cli.Http;

/// <summary>Shows a body to a person without harm to the terminal.</summary>
internal static class HttpBodyText
{
    /// <summary>True for what a person can read: UTF-8 without NUL.</summary>
    public static bool IsText(ReadOnlySpan<byte> body) => !body.Contains((byte)0) && Utf8.IsValid(body);

    /// <summary>The text with line ends and tabs as they are and everything else escaped that could move the cursor or fool the eye.</summary>
    public static string Safe(ReadOnlySpan<byte> body)
    {
        var text = new StringBuilder(body.Length);
        foreach (var line in Encoding.UTF8.GetString(body).Split('\n'))
        {
            var bare = line.EndsWith('\r') ? line[..^1] : line;
            text.Append(string.Join('\t', bare.Split('\t').Select(static part => TextSanitizer.Escape(part)))).Append('\n');
        }

        text.Length--;
        return text.ToString();
    }
}
