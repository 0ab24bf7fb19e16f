namespace Fathom.Wire.Application.Dns;

/// <summary>
/// The rest of a name from one of its labels on: what a compression pointer can stand for. The hash of every
/// suffix of a name comes out of one pass, so that long names cost no quadratic work. Letters are compared with
/// their case: a pointer to "Example" in place of "example" would change what the sender wrote.
/// </summary>
internal readonly struct DnsNameSuffix : IEquatable<DnsNameSuffix>
{
    private readonly DnsName _name;
    private readonly int _offset;
    private readonly int _hash;

    private DnsNameSuffix(DnsName name, int offset, int hash)
    {
        _name = name;
        _offset = offset;
        _hash = hash;
    }

    /// <summary>The first label with its length octet.</summary>
    public ReadOnlySpan<byte> FirstLabel => _name.Wire.Slice(_offset, _name.Wire[_offset] + 1);

    /// <summary>Fills in the suffixes of a name, the whole name first, the root left out.</summary>
    public static void Split(DnsName name, Span<DnsNameSuffix> suffixes)
    {
        Span<byte> offsets = stackalloc byte[DnsName.MaximumLabels];
        for (int i = 0, at = 0; i < name.LabelCount; i++)
        {
            offsets[i] = (byte)at;
            at += name.Wire[at] + 1;
        }

        uint hash = 2166136261; // FNV-1a's offset basis and prime (draft-eastlake-fnv §5)
        for (var i = name.LabelCount - 1; i >= 0; i--)
        {
            foreach (var octet in name.Wire.Slice(offsets[i], name.Wire[offsets[i]] + 1)) hash = (hash ^ octet) * 16777619;
            suffixes[i] = new DnsNameSuffix(name, offsets[i], (int)hash);
        }
    }

    public bool Equals(DnsNameSuffix other)
        => _hash == other._hash && _name.Wire[_offset..].SequenceEqual(other._name.Wire[other._offset..]);

    public override bool Equals(object? obj) => obj is DnsNameSuffix other && Equals(other);

    public override int GetHashCode() => _hash;
}
