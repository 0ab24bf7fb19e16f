namespace Fathom.Wire.Tests.Dissection;

/// <summary>Where Fathom rightly says something else of an application than TShark, with the reason.</summary>
internal static class ApplicationDifferences
{
    private static readonly (string Start, string Part)[] Known =
    [
    ];

    internal static bool Covers(string difference)
        => Known.Any(known => difference.StartsWith(known.Start, StringComparison.Ordinal) && difference.Contains(known.Part, StringComparison.Ordinal));
}
