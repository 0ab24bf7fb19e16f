using System.Globalization;

namespace Fathom.Wire.Application.Http;

/// <summary>Says what the parts of a structured field (RFC 9651) are: their types and parameters.</summary>
internal static class StructuredFieldText
{
    /// <summary>Explains a value, part by part; one part that says what is wrong where it is none.</summary>
    /// <param name="value">The value of all lines of the field.</param>
    /// <param name="type">What the field is registered as.</param>
    /// <param name="isValid">It is such a value.</param>
    public static IReadOnlyList<HttpValuePart> Explain(string value, StructuredFieldType type, out bool isValid)
    {
        isValid = true;
        StructuredFieldError error;
        switch (type)
        {
            case StructuredFieldType.Item when StructuredField.TryParseItem(value, out var item, out error):
                return [.. Of("", item)];
            case StructuredFieldType.List when StructuredField.TryParseList(value, out var members, out error):
                return [.. members.SelectMany(static m => Of("", m))];
            case StructuredFieldType.Dictionary when StructuredField.TryParseDictionary(value, out var entries, out error):
                return [.. entries.SelectMany(static e => Of(e.Key, e.Value))];
            default:
                isValid = false;
                error = ErrorOf(value, type);
                return [new HttpValuePart(value, FormattableString.Invariant($"no valid {type.ToString().ToLowerInvariant()}: {error.Detail}, at offset {error.Offset}; a recipient ignores the whole field (RFC 9651 §4.2)"))];
        }
    }

    private static StructuredFieldError ErrorOf(string value, StructuredFieldType type)
    {
        StructuredFieldError error;
        _ = type switch
        {
            StructuredFieldType.Item => StructuredField.TryParseItem(value, out _, out error),
            StructuredFieldType.List => StructuredField.TryParseList(value, out _, out error),
            _ => StructuredField.TryParseDictionary(value, out _, out error),
        };
        return error;
    }

    private static IEnumerable<HttpValuePart> Of(string key, StructuredMember member)
    {
        var name = key.Length > 0 ? key + "=" : "";
        if (member is StructuredItem item)
        {
            yield return new HttpValuePart(key.Length > 0 && item.Value is StructuredValue.Boolean { Value: true } ? key : name + Text(item.Value), (key.Length > 0 ? "key with " : "") + Kind(item.Value));
        }
        else if (member is StructuredInnerList list)
        {
            yield return new HttpValuePart($"{name}({string.Join(' ', list.Items.Select(static i => Text(i.Value)))})", FormattableString.Invariant($"inner list of {list.Items.Count}"));
            foreach (var part in list.Items.SelectMany(static i => i.Parameters)) yield return Parameter(part);
        }

        foreach (var parameter in member.Parameters) yield return Parameter(parameter);
    }

    private static HttpValuePart Parameter(KeyValuePair<string, StructuredValue> parameter)
        => new(parameter.Value is StructuredValue.Boolean { Value: true } ? $"; {parameter.Key}" : $"; {parameter.Key}={Text(parameter.Value)}", $"parameter, {Kind(parameter.Value)}");

    private static string Kind(StructuredValue value) => value switch
    {
        StructuredValue.Integer => "an integer",
        StructuredValue.Decimal => "a decimal",
        StructuredValue.String => "a string",
        StructuredValue.Token => "a token",
        StructuredValue.Binary b => FormattableString.Invariant($"{b.Value.Length} octets, in base64"),
        StructuredValue.Boolean b => b.Value ? "true" : "false",
        StructuredValue.Date d => "a date: " + DateText(d.Seconds),
        _ => "text for people",
    };

    private static string Text(StructuredValue value) => value switch
    {
        StructuredValue.Integer i => i.Value.ToString(CultureInfo.InvariantCulture),
        StructuredValue.Decimal d => d.Value.ToString("0.0##", CultureInfo.InvariantCulture),
        StructuredValue.String s => $"\"{s.Value}\"",
        StructuredValue.Token t => t.Value,
        StructuredValue.Binary b => $":{Convert.ToBase64String(b.Value.Span)}:",
        StructuredValue.Boolean b => b.Value ? "?1" : "?0",
        StructuredValue.Date d => FormattableString.Invariant($"@{d.Seconds}"),
        StructuredValue.DisplayString s => $"%\"{s.Value}\"",
        _ => "",
    };

    // RFC 9651 §3.3.7 allows 15 digits; the calendar here ends with the year 9999.
    private static string DateText(long seconds) => seconds is >= -62135596800 and <= 253402300799
        ? DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)
        : "beyond the year 9999";
}
