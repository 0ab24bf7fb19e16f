namespace Fathom.Wire.Application.Urls;

/// <summary>Where a character of the cleaned input stands in the text that was given.</summary>
/// <param name="offset">How much was trimmed at the begin.</param>
/// <param name="map">One place for each character and one for the end, where characters inside were dropped; else null.</param>
internal readonly struct UrlPositions(int offset, int[]? map)
{
    private readonly int _offset = offset;
    private readonly int[]? _map = map;

    public int this[int at] => _map is null ? _offset + at : _map[Math.Min(at, _map.Length - 1)];
}
