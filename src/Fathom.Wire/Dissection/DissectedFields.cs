using System.Collections;

namespace Fathom.Wire.Dissection;

/// <summary>The fields of a dissected layer, in their order. The default value has none.</summary>
public readonly struct DissectedFields : IReadOnlyList<DissectedField>
{
    private readonly DissectedField[]? _fields;

    internal DissectedFields(DissectedField[] fields, int count)
    {
        _fields = fields;
        Count = count;
    }

    /// <summary>How many there are.</summary>
    public int Count { get; }

    /// <summary>One field.</summary>
    /// <param name="index">From 0 to <see cref="Count"/>, less one.</param>
    public DissectedField this[int index] => AsSpan()[index];

    /// <summary>The fields without a copy.</summary>
    public ReadOnlySpan<DissectedField> AsSpan() => _fields.AsSpan(0, Count);

    /// <summary>The first field of a name, or null.</summary>
    /// <param name="name">As <see cref="DissectedField.Name"/>.</param>
    public DissectedField? Find(string name)
    {
        foreach (ref readonly var field in AsSpan())
        {
            if (field.Name == name) return field;
        }

        return null;
    }

    /// <inheritdoc/>
    public IEnumerator<DissectedField> GetEnumerator()
    {
        for (var i = 0; i < Count; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
