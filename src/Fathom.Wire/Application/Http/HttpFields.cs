using System.Collections;
using System.Runtime.CompilerServices;

namespace Fathom.Wire.Application.Http;

/// <summary>The fields of a head or of trailers: in their order, repeats kept. Immutable. Equal when every line is.</summary>
[CollectionBuilder(typeof(HttpFields), nameof(Create))]
public sealed class HttpFields : IReadOnlyList<HttpField>, IEquatable<HttpFields>
{
    private readonly HttpField[] _fields;

    /// <summary>Takes the fields as they come; they are checked when written, not here.</summary>
    /// <param name="fields">The fields.</param>
    public HttpFields(IEnumerable<HttpField> fields) => _fields = [.. fields];

    /// <summary>No fields.</summary>
    public static HttpFields Empty { get; } = new([]);

    /// <inheritdoc/>
    public int Count => _fields.Length;

    /// <inheritdoc/>
    public HttpField this[int index] => _fields[index];

    /// <summary>Makes the fields of a collection expression.</summary>
    /// <param name="fields">The fields.</param>
    public static HttpFields Create(ReadOnlySpan<HttpField> fields) => new(fields.ToArray());

    /// <summary>The value of the first line of this name, or null.</summary>
    /// <param name="name">The name, in any case.</param>
    public string? First(string name)
    {
        foreach (var field in _fields)
        {
            if (IsNamed(field, name)) return field.Value;
        }

        return null;
    }

    /// <summary>The values of every line of this name, in order.</summary>
    /// <param name="name">The name, in any case.</param>
    public IEnumerable<string> All(string name) => _fields.Where(field => IsNamed(field, name)).Select(static field => field.Value);

    /// <summary>True when a line has this name.</summary>
    /// <param name="name">The name, in any case.</param>
    public bool Contains(string name) => First(name) is not null;

    /// <summary>
    /// The values of every line of this name, joined with ", " (RFC 9110 §5.3); null when there is none.
    /// </summary>
    /// <param name="name">The name, in any case.</param>
    /// <exception cref="ArgumentException">Set-Cookie: its lines cannot be joined (RFC 9110 §5.3); use <see cref="All"/>.</exception>
    public string? Combined(string name)
    {
        if (string.Equals(name, "Set-Cookie", StringComparison.OrdinalIgnoreCase)) throw new ArgumentException("Set-Cookie lines cannot be combined (RFC 9110 §5.3).", nameof(name));
        return Contains(name) ? string.Join(", ", All(name)) : null;
    }

    /// <summary>The same fields and one more at the end.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value.</param>
    public HttpFields With(string name, string value) => new([.. _fields, new HttpField(name, value)]);

    /// <summary>The same fields without those of this name.</summary>
    /// <param name="name">The name, in any case.</param>
    public HttpFields Without(string name) => new(_fields.Where(field => !IsNamed(field, name)));

    /// <inheritdoc/>
    public IEnumerator<HttpField> GetEnumerator() => ((IEnumerable<HttpField>)_fields).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public bool Equals(HttpFields? other) => other is not null && _fields.AsSpan().SequenceEqual(other._fields);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as HttpFields);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var field in _fields) hash.Add(field);
        return hash.ToHashCode();
    }

    /// <summary>The fields as safe text, one a line.</summary>
    public override string ToString() => string.Join('\n', _fields);

    // RFC 9110 §5.1: field names are case-insensitive.
    private static bool IsNamed(HttpField field, string name) => string.Equals(field.Name, name, StringComparison.OrdinalIgnoreCase);
}
