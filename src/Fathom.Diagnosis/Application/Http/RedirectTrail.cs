using Fathom.Wire.Application.Http;

namespace Fathom.Diagnosis.Application.Http;

/// <summary>Where redirects led.</summary>
/// <param name="Urls">The URLs, in order; empty where the response was no redirect.</param>
/// <param name="Findings">What went wrong on the way.</param>
internal sealed record RedirectTrail(IReadOnlyList<string> Urls, IReadOnlyList<Finding> Findings)
{
    public static RedirectTrail None { get; } = new([], []);

    /// <summary>The head of the last response, if the trail came to an end.</summary>
    public (HttpResponseHead Head, bool UsedTls, IReadOnlyList<string> Evidence)? Head { get; init; }

    public string Words => Urls.Count == 0 ? string.Empty : Head is { Head.Status: var status } ? $" → {Urls[^1]} {status}" : $" → {Urls[^1]}";

    public IReadOnlyList<Fact> Facts => Urls.Count == 0 ? [] : [new Fact("redirects", Urls.ToArray())];
}
