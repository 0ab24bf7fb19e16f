using Fathom.Wire.Application.Urls;

namespace Fathom.Cli.Urls;

/// <summary>What is to be done with each URL.</summary>
/// <param name="Base">What relative references are resolved against, or null.</param>
/// <param name="BaseText">The base as it was given.</param>
/// <param name="Edits">What is changed.</param>
/// <param name="ListsQuery">The query's names and values are shown, not the parts.</param>
internal sealed record UrlRequest(Url? Base, string? BaseText, UrlEdits Edits, bool ListsQuery);
