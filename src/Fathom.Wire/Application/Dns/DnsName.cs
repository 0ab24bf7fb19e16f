using System.Diagnostics.CodeAnalysis;

namespace Fathom.Wire.Application.Dns;

/// <summary>
/// A domain name, always absolute: labels of 1 to 63 octets, at most 255 octets on the wire (RFC 1035 §2.3.4).
/// Immutable. Labels hold any octets (RFC 2181 §11); the case of letters is kept, and ignored by equality
/// and hash (RFC 4343 §3).
/// </summary>
public sealed partial class DnsName : IEquatable<DnsName>, IComparable<DnsName>
{
    /// <summary>Octets in the longest name, with length octets and the root's zero (RFC 1035 §2.3.4).</summary>
    public const int MaximumWireLength = 255;

    /// <summary>Octets in the longest label: its length has six bits (RFC 1035 §2.3.4).</summary>
    public const int MaximumLabelLength = 63;

    /// <summary>Labels in the longest name: 127 labels of one octet, two octets each, and the root's zero.</summary>
    public const int MaximumLabels = 127;

    private readonly byte[] _wire;

    private DnsName(byte[] wire, int labelCount)
    {
        _wire = wire;
        LabelCount = labelCount;
    }

    /// <summary>The root, ".": no labels.</summary>
    public static DnsName Root { get; } = new([0], 0);

    /// <summary>Labels, the root's empty one not counted: 2 for "example.com".</summary>
    public int LabelCount { get; }

    /// <summary>True for the root.</summary>
    public bool IsRoot => LabelCount == 0;

    /// <summary>Octets of the uncompressed wire form, 1 to 255.</summary>
    public int WireLength => _wire.Length;

    /// <summary>The uncompressed wire form: each label after its length octet, then a zero.</summary>
    public ReadOnlySpan<byte> Wire => _wire;

    /// <summary>The name without its first label, or null for the root.</summary>
    public DnsName? Parent => LabelCount switch
    {
        0 => null,
        1 => Root,
        _ => new DnsName(_wire[(_wire[0] + 1)..], LabelCount - 1),
    };

    /// <summary>The octets of one label, without the length octet.</summary>
    /// <param name="index">0 is the leftmost; less than <see cref="LabelCount"/>.</param>
    public ReadOnlySpan<byte> Label(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, LabelCount);
        var at = 0;
        for (; index > 0; index--) at += _wire[at] + 1;
        return _wire.AsSpan(at + 1, _wire[at]);
    }

    /// <summary>True when this name is the other one or lies below it. Every name is a subdomain of the root.</summary>
    /// <param name="other">The possible ancestor.</param>
    public bool IsSubdomainOf(DnsName other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var extra = LabelCount - other.LabelCount;
        if (extra < 0) return false;
        var at = 0;
        for (; extra > 0; extra--) at += _wire[at] + 1;
        return EqualIgnoringCase(_wire.AsSpan(at), other._wire);
    }

    /// <summary>The name with one more label on its left.</summary>
    /// <param name="label">1 to 63 octets of any value.</param>
    /// <param name="name">The longer name.</param>
    /// <returns>False when the label is empty or too long, or the name would exceed 255 octets.</returns>
    public bool TryPrepend(ReadOnlySpan<byte> label, [NotNullWhen(true)] out DnsName? name)
    {
        name = null;
        if (label.Length is 0 or > MaximumLabelLength || _wire.Length + label.Length + 1 > MaximumWireLength) return false;
        var wire = new byte[_wire.Length + label.Length + 1];
        wire[0] = (byte)label.Length;
        label.CopyTo(wire.AsSpan(1));
        _wire.CopyTo(wire, label.Length + 1);
        name = new DnsName(wire, LabelCount + 1);
        return true;
    }

    /// <summary>Reads an uncompressed name that fills the bytes exactly.</summary>
    /// <param name="wire">Labels and the closing zero.</param>
    /// <param name="name">The name, or null when the bytes are not one whole name.</param>
    public static bool TryReadWire(ReadOnlySpan<byte> wire, [NotNullWhen(true)] out DnsName? name)
    {
        name = null;
        if (wire.Length is 0 or > MaximumWireLength) return false;
        int at = 0, labels = 0;
        while (wire[at] != 0)
        {
            if (wire[at] > MaximumLabelLength) return false;
            at += wire[at] + 1;
            labels++;
            if (at >= wire.Length) return false;
        }

        if (at != wire.Length - 1) return false;
        name = FromChecked(wire, labels);
        return true;
    }

    /// <summary>Makes a name of octets that were checked already.</summary>
    internal static DnsName FromChecked(ReadOnlySpan<byte> wire, int labelCount)
        => labelCount == 0 ? Root : new DnsName(wire.ToArray(), labelCount);

    /// <inheritdoc/>
    public bool Equals(DnsName? other)
        => other is not null && (ReferenceEquals(this, other) || EqualIgnoringCase(_wire, other._wire));

    /// <summary>True when the names are the same octet for octet, the case of letters included.</summary>
    /// <param name="other">The name to compare with.</param>
    public bool EqualsExactly(DnsName? other) => other is not null && _wire.AsSpan().SequenceEqual(other._wire);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as DnsName);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        Span<byte> lower = stackalloc byte[MaximumWireLength];
        for (var i = 0; i < _wire.Length; i++) lower[i] = ToLower(_wire[i]);
        var hash = new HashCode();
        hash.AddBytes(lower[.._wire.Length]);
        return hash.ToHashCode();
    }

    /// <summary>Orders as DNSSEC does (RFC 4034 §6.1): from the rightmost label, as lower-case octet strings.</summary>
    /// <param name="other">The name to compare with.</param>
    public int CompareTo(DnsName? other)
    {
        if (other is null) return 1;
        Span<byte> mine = stackalloc byte[MaximumLabels], theirs = stackalloc byte[MaximumLabels];
        LabelOffsets(mine);
        other.LabelOffsets(theirs);
        for (int i = LabelCount - 1, j = other.LabelCount - 1; i >= 0 && j >= 0; i--, j--)
        {
            var order = CompareLabels(_wire.AsSpan(mine[i] + 1, _wire[mine[i]]), other._wire.AsSpan(theirs[j] + 1, other._wire[theirs[j]]));
            if (order != 0) return order;
        }

        return LabelCount.CompareTo(other.LabelCount);
    }

    /// <summary>Equality that ignores the case of ASCII letters.</summary>
    public static bool operator ==(DnsName? left, DnsName? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Inequality that ignores the case of ASCII letters.</summary>
    public static bool operator !=(DnsName? left, DnsName? right) => !(left == right);

    /// <summary>See <see cref="CompareTo"/>.</summary>
    public static bool operator <(DnsName? left, DnsName? right) => left is null ? right is not null : left.CompareTo(right) < 0;

    /// <summary>See <see cref="CompareTo"/>.</summary>
    public static bool operator >(DnsName? left, DnsName? right) => right < left;

    /// <summary>See <see cref="CompareTo"/>.</summary>
    public static bool operator <=(DnsName? left, DnsName? right) => !(right < left);

    /// <summary>See <see cref="CompareTo"/>.</summary>
    public static bool operator >=(DnsName? left, DnsName? right) => !(left < right);

    // RFC 4343 §3: only the octets 0x41 to 0x5A are folded. Length octets are at most 63 and so never letters.
    internal static byte ToLower(byte octet) => octet is >= (byte)'A' and <= (byte)'Z' ? (byte)(octet | 0x20) : octet;

    private static bool EqualIgnoringCase(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        if (a.Length != b.Length) return false;
        for (var i = 0; i < a.Length; i++)
        {
            if (a[i] != b[i] && ToLower(a[i]) != ToLower(b[i])) return false;
        }

        return true;
    }

    private static int CompareLabels(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        var shared = Math.Min(a.Length, b.Length);
        for (var i = 0; i < shared; i++)
        {
            var order = ToLower(a[i]).CompareTo(ToLower(b[i]));
            if (order != 0) return order;
        }

        return a.Length.CompareTo(b.Length);
    }

    private void LabelOffsets(Span<byte> offsets)
    {
        for (int i = 0, at = 0; i < LabelCount; i++)
        {
            offsets[i] = (byte)at;
            at += _wire[at] + 1;
        }
    }
}
