using System.Text;

namespace Fathom.Wire.Application.Urls;

/// <summary>Resolution (RFC 3986 §5) and normalization (§6).</summary>
public sealed partial record UriReference
{
    /// <summary>The URI that this reference stands for, seen from a base (§5.2.2, strictly: a scheme that equals the base's is not dropped).</summary>
    /// <param name="baseUri">The base.</param>
    /// <exception cref="ArgumentException">The base has no scheme.</exception>
    public UriReference Resolve(UriReference baseUri)
    {
        ArgumentNullException.ThrowIfNull(baseUri);
        if (!baseUri.IsUri) throw new ArgumentException("A base has a scheme (RFC 3986 §5.1).", nameof(baseUri));
        if (IsUri) return this with { Path = RemoveDotSegments(Path) };
        if (HasAuthority) return this with { Scheme = baseUri.Scheme, Path = RemoveDotSegments(Path) };
        var target = baseUri with { Fragment = Fragment };
        if (Path.Length == 0) return target with { Query = Query ?? baseUri.Query };
        return target with { Path = RemoveDotSegments(Path[0] == '/' ? Path : Merge(baseUri)), Query = Query };
    }

    /// <summary>
    /// The same URI in the form that all equivalent ones share without knowing the scheme (§6.2.2): scheme and host in lower case, percent-encodings in upper case and only where needed,
    /// dot segments removed.
    /// </summary>
    public UriReference Normalize() => this with
    {
        Scheme = Scheme?.ToLowerInvariant(),
        Userinfo = Userinfo is null ? null : NormalizeEncoding(Userinfo),
        Host = Host is null ? null : NormalizeEncoding(Host.ToLowerInvariant()),
        Path = IsUri ? RemoveDotSegments(NormalizeEncoding(Path)) : NormalizeEncoding(Path),
        Query = Query is null ? null : NormalizeEncoding(Query),
        Fragment = Fragment is null ? null : NormalizeEncoding(Fragment),
    };

    /// <summary>Takes "." and ".." out of a path (§5.2.4).</summary>
    /// <param name="path">The path.</param>
    public static string RemoveDotSegments(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var output = new StringBuilder(path.Length);
        for (var input = path.AsSpan(); !input.IsEmpty;)
        {
            if (input.StartsWith("../")) input = input[3..]; // A
            else if (input.StartsWith("./")) input = input[2..];
            else if (input.StartsWith("/./")) input = input[2..]; // B
            else if (input is "/.") input = "/";
            else if (input.StartsWith("/../") || input is "/..") // C
            {
                input = input.Length == 3 ? "/" : input[3..];
                while (output.Length > 0 && output[^1] != '/') output.Length--;
                output.Length = Math.Max(output.Length - 1, 0);
            }
            else if (input is "." or "..") input = default; // D
            else
            {
                var next = input[1..].IndexOf('/'); // E
                var length = next < 0 ? input.Length : next + 1;
                output.Append(input[..length]);
                input = input[length..];
            }
        }

        return output.ToString();
    }

    // §5.2.3.
    private string Merge(UriReference baseUri)
        => baseUri.HasAuthority && baseUri.Path.Length == 0 ? "/" + Path : baseUri.Path[..(baseUri.Path.LastIndexOf('/') + 1)] + Path;

    // §6.2.2.1 and §6.2.2.2.
    private static string NormalizeEncoding(string text)
    {
        var at = text.IndexOf('%', StringComparison.Ordinal);
        if (at < 0) return text;
        var output = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (!PercentEncoding.IsEncodedByte(text, i))
            {
                output.Append(text[i]);
                continue;
            }

            var value = (char)((PercentEncoding.HexValue(text[i + 1]) << 4) | PercentEncoding.HexValue(text[i + 2]));
            if (UriGrammar.IsUnreserved(value)) output.Append(value);
            else output.Append('%').Append(char.ToUpperInvariant(text[i + 1])).Append(char.ToUpperInvariant(text[i + 2]));
            i += 2;
        }

        return output.ToString();
    }
}
