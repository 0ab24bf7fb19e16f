using Fathom.Wire.Application.Urls;

namespace Fathom.Cli.Urls;

/// <summary>All that is shown of one text.</summary>
/// <param name="Text">The text as it was given.</param>
/// <param name="Trace">What the parser noticed.</param>
/// <param name="Comparison">Both readings of the text, before it was changed.</param>
/// <param name="Url">The URL after the changes, or null.</param>
/// <param name="Ignored">The changes that the standard refuses.</param>
internal sealed record UrlReading(string Text, UrlTrace Trace, UrlComparison Comparison, Url? Url, IReadOnlyList<string> Ignored)
{
    /// <summary>It is a URL, and every change was made.</summary>
    public bool IsGood => Url is not null && Ignored.Count == 0;

    /// <summary>Reads a text.</summary>
    public static UrlReading Of(string text, UrlRequest request)
    {
        var trace = new UrlTrace();
        IReadOnlyList<string> ignored = [];
        if (Url.TryParse(text, request.Base, trace, out var url)) url = request.Edits.Apply(url, out ignored);
        return new UrlReading(text, trace, UrlComparison.Of(text, request.BaseText), url, ignored);
    }
}
