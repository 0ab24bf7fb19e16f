using System.Globalization;
using Fathom.Wire.Dissection;

namespace Fathom.Wire.Tests.Dissection;

/// <summary>A field as TShark names it and as Fathom does.</summary>
/// <param name="Theirs">"dhcpv6.xid".</param>
/// <param name="Ours">"transactionId"; several, in the order of the packet, with commas.</param>
/// <param name="IsText">Compare the text, or what is in it; else the number.</param>
public sealed record PeerField(string Theirs, string Ours, bool IsText = false)
{
    /// <summary>Null where both agree, else what each says.</summary>
    internal string? Difference(string theirs, DissectedLayer layer)
    {
        var names = Ours.Split(',');
        var fields = layer.Fields.Where(field => names.Contains(field.Name)).ToList();
        var wanted = theirs.Length == 0 ? [] : IsTime(theirs) ? [Time(theirs)] : theirs.Split(',').Select(Plain).ToArray();
        if (IsText)
        {
            // What is shown may say more than TShark's value, and shows it.
            var text = string.Join(" ", fields.Select(static f => f.Text));
            return wanted.All(value => text.Contains(value, StringComparison.OrdinalIgnoreCase)) ? null : $"{Theirs}: expected {theirs}, was {text}";
        }

        var actual = fields.Select(static f => f.Number?.ToString(CultureInfo.InvariantCulture) ?? "none").ToArray();
        return wanted.SequenceEqual(actual) ? null : $"{Theirs}: expected {theirs}, was {string.Join(',', actual)}";
    }

    // TShark's word for a timestamp of zero is NULL.
    private static string Plain(string value)
        => value == "NULL" ? "not set" : value.StartsWith("0x", StringComparison.Ordinal) ? ulong.Parse(value.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture) : value;

    // The one kind of value with a comma and a blank in it.
    private static bool IsTime(string value) => value.Contains(", ", StringComparison.Ordinal) && value.EndsWith(" UTC", StringComparison.Ordinal);

    // "Jan  5, 2026 12:00:00.123456789 UTC": Fathom shows a tenth of a microsecond, or whole seconds.
    private static string Time(string value)
    {
        var dot = value.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0 || value.AsSpan(dot).StartsWith(".000000000")) return DateTime.ParseExact(value[..(dot < 0 ? value.Length - 4 : dot)].Replace("  ", " ", StringComparison.Ordinal), "MMM d, yyyy HH:mm:ss", CultureInfo.InvariantCulture).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        var cut = value[..(dot + 8)].Replace("  ", " ", StringComparison.Ordinal);
        return DateTime.ParseExact(cut, "MMM d, yyyy HH:mm:ss.fffffff", CultureInfo.InvariantCulture).ToString("yyyy-MM-dd HH:mm:ss.fffffff", CultureInfo.InvariantCulture);
    }
}
