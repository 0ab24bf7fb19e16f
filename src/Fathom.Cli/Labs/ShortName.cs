namespace Fathom.Cli.Labs;

/// <summary>Names and lines where there is little room. What tells machines apart is often at the end of their names (desk-1, desk-2): of these the middle goes, of other text the end.</summary>
internal static class ShortName
{
    /// <summary>A name in the room that there is.</summary>
    /// <param name="name">The name.</param>
    /// <param name="room">Letters at the most; one at the least.</param>
    public static string Of(string name, int room)
    {
        if (name.Length <= room) return name;
        var end = (room - 1) / 2;
        return $"{name[..(room - 1 - end)]}…{name[(name.Length - end)..]}";
    }

    /// <summary>A line in the room that there is, without its end.</summary>
    /// <param name="text">The line.</param>
    /// <param name="room">Letters at the most; one at the least.</param>
    public static string OfLine(string text, int room) => text.Length <= room ? text : text[..(room - 1)] + "…";

    /// <summary>"one → other" in the room that there is: a short name leaves its room to a long one.</summary>
    /// <param name="one">A name.</param>
    /// <param name="other">Another.</param>
    /// <param name="room">Letters at the most, for all.</param>
    public static string OfTwo(string one, string other, int room)
    {
        const string Arrow = " → ";
        var names = room - Arrow.Length;
        var (half, rest) = (names / 2, names - Math.Min(one.Length, names / 2));
        return $"{Of(one, Math.Max(half, names - other.Length))}{Arrow}{Of(other, rest)}";
    }
}
