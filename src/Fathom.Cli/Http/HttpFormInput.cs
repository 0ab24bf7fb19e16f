using System.Text;
using Fathom.Wire.Application.Http;

namespace Fathom.Cli.Http;

/// <summary>Reads the parts of a form as curl's -F has them: NAME=VALUE, NAME=@FILE, NAME=&lt;FILE, each with ;type= and ;filename= behind.</summary>
internal static class HttpFormInput
{
    /// <summary>Reads one -F.</summary>
    /// <param name="text">The option's value.</param>
    /// <param name="most">Octets of a file at the most.</param>
    /// <param name="part">The part, or null.</param>
    /// <param name="reason">What was expected, where the answer is false.</param>
    public static bool TryRead(string text, long most, out HttpFormPart? part, out string reason)
    {
        part = null;
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
        {
            reason = $"-F '{text}': expected NAME=VALUE, NAME=@FILE to send a file, or NAME=<FILE to send its content";
            return false;
        }

        var (name, rest) = (text[..equals], text[(equals + 1)..]);
        TakeOff(ref rest, out var type, out var fileName);
        if (type is not null && !IsMediaType(type))
        {
            reason = $"-F '{text}': ;type={type}: expected a media type, such as text/plain";
            return false;
        }

        if (rest.StartsWith('@') || rest.StartsWith('<'))
        {
            if (!HttpFile.TryRead(rest[1..], most, out var octets, out reason)) return false;
            var isFile = rest[0] == '@';
            if (isFile) fileName ??= rest == "@-" ? "-" : Path.GetFileName(rest[1..]);
            part = new HttpFormPart(name, octets, fileName, type ?? (isFile ? MediaTypes.OfUpload(rest) : null));
            return true;
        }

        reason = "";
        part = new HttpFormPart(name, Encoding.UTF8.GetBytes(rest), fileName, type);
        return true;
    }

    // What follows the value: any of the two words, in either order; other semicolons belong to the value.
    private static void TakeOff(ref string value, out string? type, out string? fileName)
    {
        (type, fileName) = (null, null);
        while (true)
        {
            var semicolon = value.LastIndexOf(';');
            if (semicolon < 0) return;
            var word = value[(semicolon + 1)..].Trim();
            if (type is null && word.StartsWith("type=", StringComparison.Ordinal)) type = word[5..];
            else if (fileName is null && word.StartsWith("filename=", StringComparison.Ordinal)) fileName = word[9..].Trim('"');
            else return;
            value = value[..semicolon];
        }
    }

    private static bool IsMediaType(string text)
        => text.IndexOf('/', StringComparison.Ordinal) is > 0 and var slash && slash < text.Length - 1 && text.All(static c => c is > ' ' and < '\x7F');
}
