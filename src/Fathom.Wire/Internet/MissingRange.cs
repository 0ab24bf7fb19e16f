using System.Globalization;

namespace Fathom.Wire.Internet;

/// <summary>A hole in a packet that is put together (RFC 815 §2).</summary>
/// <param name="Offset">The first octet that is missing, counted from the fragmentable part's first.</param>
/// <param name="Length">How many; null if the end is not known because the last fragment has not come.</param>
public readonly record struct MissingRange(int Offset, int? Length)
{
    /// <summary>"1480–2959", or "2960 to the end".</summary>
    public override string ToString() => Length is { } length
        ? string.Create(CultureInfo.InvariantCulture, $"{Offset}–{Offset + length - 1}")
        : string.Create(CultureInfo.InvariantCulture, $"{Offset} to the end");
}
