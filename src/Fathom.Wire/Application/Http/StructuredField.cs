using System.Diagnostics.CodeAnalysis;

namespace Fathom.Wire.Application.Http;

/// <summary>
/// Reads and writes structured fields (RFC 9651 §4). The value is that of all lines, joined with ", " (<see cref="HttpFields.Combined"/>).
/// Reading is strict as the RFC asks: a field that fails is to be ignored whole.
/// </summary>
public static class StructuredField
{
    /// <summary>Reads an item (§4.2.3).</summary>
    /// <param name="value">The field's value.</param>
    /// <param name="item">The item, or null.</param>
    /// <param name="error">What is wrong, where the answer is false.</param>
    public static bool TryParseItem(ReadOnlySpan<char> value, [NotNullWhen(true)] out StructuredItem? item, out StructuredFieldError error)
    {
        var parser = new StructuredFieldParser(value);
        item = parser.ReadAll(static (ref StructuredFieldParser p) => p.ReadItem());
        error = parser.Error;
        return item is not null;
    }

    /// <summary>Reads a list (§4.2.1); an empty value is an empty list.</summary>
    /// <param name="value">The field's value.</param>
    /// <param name="members">The members, or null.</param>
    /// <param name="error">What is wrong, where the answer is false.</param>
    public static bool TryParseList(ReadOnlySpan<char> value, [NotNullWhen(true)] out IReadOnlyList<StructuredMember>? members, out StructuredFieldError error)
    {
        var parser = new StructuredFieldParser(value);
        members = parser.ReadAll(static (ref StructuredFieldParser p) => p.ReadList());
        error = parser.Error;
        return members is not null;
    }

    /// <summary>Reads a dictionary (§4.2.2); an empty value is an empty dictionary. Of a repeated key the last value counts.</summary>
    /// <param name="value">The field's value.</param>
    /// <param name="members">The members by key, in the order in which the keys first came; or null.</param>
    /// <param name="error">What is wrong, where the answer is false.</param>
    public static bool TryParseDictionary(ReadOnlySpan<char> value, [NotNullWhen(true)] out IReadOnlyList<KeyValuePair<string, StructuredMember>>? members, out StructuredFieldError error)
    {
        var parser = new StructuredFieldParser(value);
        members = parser.ReadAll(static (ref StructuredFieldParser p) => p.ReadDictionary());
        error = parser.Error;
        return members is not null;
    }

    /// <summary>Writes an item (§4.1.3).</summary>
    /// <param name="item">The item.</param>
    /// <param name="text">The value to send, or null.</param>
    /// <returns>False when a value, a key or a parameter cannot be written: out of range, or characters that its type has not.</returns>
    public static bool TryWriteItem(StructuredItem item, [NotNullWhen(true)] out string? text)
    {
        ArgumentNullException.ThrowIfNull(item);
        var writer = new StructuredFieldWriter();
        return writer.Finish(writer.Write(item), out text);
    }

    /// <summary>Writes a list (§4.1.1). An empty one becomes an empty text: the field is then not to be sent at all.</summary>
    /// <param name="members">The members.</param>
    /// <param name="text">The value to send, or null.</param>
    /// <returns>As for <see cref="TryWriteItem"/>.</returns>
    public static bool TryWriteList(IReadOnlyList<StructuredMember> members, [NotNullWhen(true)] out string? text)
    {
        ArgumentNullException.ThrowIfNull(members);
        var writer = new StructuredFieldWriter();
        return writer.Finish(writer.Write(members), out text);
    }

    /// <summary>Writes a dictionary (§4.1.2). An empty one becomes an empty text: the field is then not to be sent at all.</summary>
    /// <param name="members">The members, each key once.</param>
    /// <param name="text">The value to send, or null.</param>
    /// <returns>As for <see cref="TryWriteItem"/>.</returns>
    public static bool TryWriteDictionary(IReadOnlyList<KeyValuePair<string, StructuredMember>> members, [NotNullWhen(true)] out string? text)
    {
        ArgumentNullException.ThrowIfNull(members);
        var writer = new StructuredFieldWriter();
        return writer.Finish(writer.Write(members), out text);
    }
}
