using System.Collections;

namespace Fathom.Wire.Application.Urls;

/// <summary>
/// A query as a list of names and values: application/x-www-form-urlencoded (URL Standard §5), and the operations of URLSearchParams (§6.2). A name may be there more than
/// once; order is kept.
/// </summary>
public sealed class UrlQuery : IReadOnlyList<KeyValuePair<string, string>>
{
    private readonly List<KeyValuePair<string, string>> _list = [];

    /// <summary>How many there are.</summary>
    public int Count => _list.Count;

    /// <summary>One name and its value.</summary>
    /// <param name="index">From 0.</param>
    public KeyValuePair<string, string> this[int index] => _list[index];

    /// <summary>Parses a query. Every text is one: there are no errors.</summary>
    /// <param name="query">The query, with or without '?'.</param>
    public static UrlQuery Parse(string query)
    {
        ArgumentNullException.ThrowIfNull(query);
        var result = new UrlQuery();
        var text = query.StartsWith('?') ? query.AsSpan(1) : query;
        foreach (var range in text.Split('&'))
        {
            var pair = text[range];
            if (pair.IsEmpty) continue;
            var equals = pair.IndexOf('=');
            result.Append(Decode(equals < 0 ? pair : pair[..equals]), equals < 0 ? "" : Decode(pair[(equals + 1)..]));
        }

        return result;
    }

    /// <summary>The first value of a name, or null for none.</summary>
    /// <param name="name">The name; case matters.</param>
    public string? Get(string name) => _list.FindIndex(p => p.Key == name) is >= 0 and var at ? _list[at].Value : null;

    /// <summary>All values of a name, in order.</summary>
    /// <param name="name">The name; case matters.</param>
    public IReadOnlyList<string> GetAll(string name) => [.. _list.Where(p => p.Key == name).Select(static p => p.Value)];

    /// <summary>The name is there, with a value if one is given.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value, or null for any.</param>
    public bool Has(string name, string? value = null) => _list.Exists(p => p.Key == name && (value is null || p.Value == value));

    /// <summary>Adds one at the end.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value.</param>
    public void Append(string name, string value) => _list.Add(new KeyValuePair<string, string>(name, value));

    /// <summary>Gives a name one value: its first place takes it, its others go. Without a place it is added at the end.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value.</param>
    public void Set(string name, string value)
    {
        var at = _list.FindIndex(p => p.Key == name);
        if (at < 0)
        {
            Append(name, value);
            return;
        }

        _list[at] = new KeyValuePair<string, string>(name, value);
        for (var i = _list.Count - 1; i > at; i--)
        {
            if (_list[i].Key == name) _list.RemoveAt(i);
        }
    }

    /// <summary>Takes a name away, everywhere, or only where it has a value.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value, or null for any.</param>
    /// <returns>How many were taken away.</returns>
    public int Delete(string name, string? value = null) => _list.RemoveAll(p => p.Key == name && (value is null || p.Value == value));

    /// <summary>Sorts by name, by UTF-16 code units; those of one name keep their order.</summary>
    public void Sort()
    {
        var sorted = _list.OrderBy(static p => p.Key, StringComparer.Ordinal).ToArray();
        _list.Clear();
        _list.AddRange(sorted);
    }

    /// <summary>The query without '?', serialized: a space becomes '+', all but letters, digits and * - . _ is percent-encoded.</summary>
    public override string ToString()
    {
        var buffer = new UrlBuffer(stackalloc char[256]);
        for (var i = 0; i < _list.Count; i++)
        {
            if (i > 0) buffer.Append('&');
            buffer.AppendEncoded(_list[i].Key, PercentEncodeSet.FormUrlEncoded);
            buffer.Append('=');
            buffer.AppendEncoded(_list[i].Value, PercentEncodeSet.FormUrlEncoded);
        }

        var text = buffer.ToString();
        buffer.Dispose();
        return text;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => _list.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static string Decode(ReadOnlySpan<char> text) => PercentEncoding.Decode(text.Contains('+') ? text.ToString().Replace('+', ' ') : text);
}
