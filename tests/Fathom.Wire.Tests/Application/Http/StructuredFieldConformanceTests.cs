using System.Globalization;
using System.Text;
using System.Text.Json;
using Fathom.Wire.Application.Http;

namespace Fathom.Wire.Tests.Application.Http;

/// <summary>The tests of the HTTP working group for RFC 9651: http/structured-fields in the pack.</summary>
public sealed class StructuredFieldConformanceTests
{
    [Fact]
    public void ReadsAndWritesAsTheWorkingGroupExpects()
    {
        var wrong = new List<string>();
        var count = 0;
        var root = Conformance.Require("http", "structured-fields");
        foreach (var file in Directory.GetFiles(root, "*.json").Concat(Directory.GetFiles(Path.Combine(root, "serialisation-tests"), "*.json")).Order(StringComparer.Ordinal))
        {
            using var cases = JsonDocument.Parse(File.ReadAllBytes(file));
            foreach (var test in cases.RootElement.EnumerateArray())
            {
                count++;
                if (Run(test) is { } difference) wrong.Add($"{Path.GetFileName(file)}: {test.GetProperty("name").GetString()}: {difference}");
            }
        }

        TestContext.Current.SendDiagnosticMessage($"structured fields: {count - wrong.Count} passed, {wrong.Count} failed of {count}");
        TestContext.Current.TestOutputHelper?.WriteLine($"structured fields: {count - wrong.Count} passed, {wrong.Count} failed of {count}");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Take(40)));
        Assert.Equal(2135, count);
    }

    private static string? Run(JsonElement test)
    {
        var type = test.GetProperty("header_type").GetString()!;
        var mustFail = test.TryGetProperty("must_fail", out var must) && must.GetBoolean();
        var canFail = test.TryGetProperty("can_fail", out var can) && can.GetBoolean();
        if (!test.TryGetProperty("raw", out var raw)) return Write(type, Built(type, test.GetProperty("expected")), mustFail, test);
        var value = string.Join(", ", raw.EnumerateArray().Select(static line => line.GetString()));
        var (parsed, error) = Parse(type, value);
        if (parsed is null) return mustFail || canFail ? null : $"refused: {error}";
        if (mustFail) return "accepted";
        var (got, expected) = (Text(parsed), Text(test.GetProperty("expected"), type));
        return got == expected ? Write(type, parsed, false, test) : $"read as {got}, expected {expected}";
    }

    private static (object? Parsed, StructuredFieldError Error) Parse(string type, string value)
    {
        return type switch
        {
            "item" => StructuredField.TryParseItem(value, out var item, out var error) ? (item, error) : (null, error),
            "list" => StructuredField.TryParseList(value, out var list, out var error) ? (list, error) : (null, error),
            _ => StructuredField.TryParseDictionary(value, out var dictionary, out var error) ? ((object?)dictionary, error) : (null, error),
        };
    }

    private static string? Write(string type, object value, bool mustFail, JsonElement test)
    {
        string? text = null;
        _ = type switch
        {
            "item" => StructuredField.TryWriteItem((StructuredItem)value, out text),
            "list" => StructuredField.TryWriteList((IReadOnlyList<StructuredMember>)value, out text),
            _ => StructuredField.TryWriteDictionary((IReadOnlyList<KeyValuePair<string, StructuredMember>>)value, out text),
        };
        if (mustFail) return text is null ? null : $"written as {text}";
        var lines = test.TryGetProperty("canonical", out var canonical) ? canonical : test.GetProperty("raw");
        var expected = string.Join(", ", lines.EnumerateArray().Select(static line => line.GetString()));
        return text == expected ? null : $"written as {text}, expected {expected}";
    }

    private static object Built(string type, JsonElement expected) => type switch
    {
        "item" => Item(expected),
        "list" => expected.EnumerateArray().Select(Member).ToList(),
        _ => expected.EnumerateArray().Select(static pair => KeyValuePair.Create(pair[0].GetString()!, Member(pair[1]))).ToList(),
    };

    private static StructuredMember Member(JsonElement json)
        => json[0].ValueKind == JsonValueKind.Array ? new StructuredInnerList([.. json[0].EnumerateArray().Select(Item)], Parameters(json[1])) : Item(json);

    private static StructuredItem Item(JsonElement json) => new(Value(json[0]), Parameters(json[1]));

    private static List<KeyValuePair<string, StructuredValue>> Parameters(JsonElement json)
        => [.. json.EnumerateArray().Select(static pair => KeyValuePair.Create(pair[0].GetString()!, Value(pair[1])))];

    private static StructuredValue Value(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => new StructuredValue.Boolean(json.GetBoolean()),
        JsonValueKind.String => new StructuredValue.String(json.GetString()!),
        JsonValueKind.Number => json.GetRawText().Contains('.', StringComparison.Ordinal) ? new StructuredValue.Decimal(json.GetDecimal()) : new StructuredValue.Integer(json.GetInt64()),
        _ => json.GetProperty("__type").GetString() switch
        {
            "token" => new StructuredValue.Token(json.GetProperty("value").GetString()!),
            "date" => new StructuredValue.Date(json.GetProperty("value").GetInt64()),
            "displaystring" => new StructuredValue.DisplayString(json.GetProperty("value").GetString()!),
            _ => new StructuredValue.Binary(FromBase32(json.GetProperty("value").GetString()!)),
        },
    };

    // Records compare lists by reference: both sides become one text.
    private static string Text(JsonElement expected, string type) => Text(Built(type, expected));

    private static string Text(object? value) => value switch
    {
        StructuredItem item => $"{Text(item.Value)}{Text(item.Parameters)}",
        StructuredInnerList list => $"({string.Join(' ', list.Items.Select(Text))}){Text(list.Parameters)}",
        IEnumerable<StructuredMember> list => $"[{string.Join(", ", list.Select(Text))}]",
        IEnumerable<KeyValuePair<string, StructuredMember>> members => $"{{{string.Join(", ", members.Select(static m => $"{m.Key}: {Text(m.Value)}"))}}}",
        IEnumerable<KeyValuePair<string, StructuredValue>> parameters => string.Concat(parameters.Select(static p => $";{p.Key}={Text(p.Value)}")),
        StructuredValue.Binary binary => $"binary {Convert.ToHexString(binary.Value.Span)}",
        StructuredValue.Decimal number => string.Create(CultureInfo.InvariantCulture, $"decimal {number.Value:0.###}"),
        StructuredValue other => other.ToString(),
        _ => "?",
    };

    private static byte[] FromBase32(string text)
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var bytes = new List<byte>();
        int bits = 0, count = 0;
        foreach (var c in text.TrimEnd('='))
        {
            bits = (bits << 5) | Alphabet.IndexOf(c, StringComparison.Ordinal);
            count += 5;
            if (count < 8) continue;
            count -= 8;
            bytes.Add((byte)(bits >> count));
            bits &= (1 << count) - 1;
        }

        return [.. bytes];
    }
}
