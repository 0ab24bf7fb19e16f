using System.Diagnostics.CodeAnalysis;

namespace Fathom.Wire.Application.Dns;

public sealed partial class DnsName
{
    /// <summary>True when the first label is "*" alone (RFC 4592 §2.1.1).</summary>
    public bool IsWildcard => LabelCount > 0 && _wire[0] == 1 && _wire[1] == (byte)'*';

    /// <summary>The name of the rightmost labels: with 1 of "www.example.com", "com"; with 0, the root.</summary>
    /// <param name="labelCount">0 to <see cref="LabelCount"/>.</param>
    public DnsName Suffix(int labelCount)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(labelCount);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(labelCount, LabelCount);
        if (labelCount == LabelCount) return this;
        var at = 0;
        for (var skip = LabelCount - labelCount; skip > 0; skip--) at += _wire[at] + 1;
        return FromChecked(_wire.AsSpan(at), labelCount);
    }

    /// <summary>The name with another one behind it: "www" and "example.com" give "www.example.com".</summary>
    /// <param name="suffix">What follows.</param>
    /// <param name="name">The longer name, or null.</param>
    /// <returns>False when it would exceed 255 octets.</returns>
    public bool TryAppend(DnsName suffix, [NotNullWhen(true)] out DnsName? name)
    {
        ArgumentNullException.ThrowIfNull(suffix);
        name = null;
        var kept = _wire.Length - 1;
        if (kept + suffix._wire.Length > MaximumWireLength) return false;
        Span<byte> wire = stackalloc byte[MaximumWireLength];
        _wire.AsSpan(0, kept).CopyTo(wire);
        suffix._wire.CopyTo(wire[kept..]);
        name = FromChecked(wire[..(kept + suffix._wire.Length)], LabelCount + suffix.LabelCount);
        return true;
    }

    /// <summary>The name with one ancestor exchanged for another name, as a DNAME record says (RFC 6672 §2.2).</summary>
    /// <param name="ancestor">The DNAME's owner; this name lies below it, and is not it.</param>
    /// <param name="target">The DNAME's target.</param>
    /// <param name="name">The new name, or null.</param>
    /// <returns>False when this name is not below the ancestor, or the new one would exceed 255 octets (YXDOMAIN).</returns>
    public bool TryRebase(DnsName ancestor, DnsName target, [NotNullWhen(true)] out DnsName? name)
    {
        ArgumentNullException.ThrowIfNull(ancestor);
        ArgumentNullException.ThrowIfNull(target);
        name = null;
        if (LabelCount <= ancestor.LabelCount || !IsSubdomainOf(ancestor)) return false;
        var at = 0;
        for (var kept = LabelCount - ancestor.LabelCount; kept > 0; kept--) at += _wire[at] + 1;
        Span<byte> front = stackalloc byte[MaximumWireLength];
        _wire.AsSpan(0, at).CopyTo(front);
        front[at] = 0;
        return FromChecked(front[..(at + 1)], LabelCount - ancestor.LabelCount).TryAppend(target, out name);
    }

    /// <summary>Parses master-file text; a name without a trailing dot is relative to the origin, "@" is the origin (RFC 1035 §5.1).</summary>
    /// <param name="text">The text.</param>
    /// <param name="origin">The origin.</param>
    /// <param name="name">The name, or null.</param>
    /// <param name="reason">Why not; empty on success.</param>
    public static bool TryParseRelative(ReadOnlySpan<char> text, DnsName origin, [NotNullWhen(true)] out DnsName? name, out string reason)
    {
        ArgumentNullException.ThrowIfNull(origin);
        if (text is "@")
        {
            name = origin;
            reason = "";
            return true;
        }

        if (!TryParse(text, out name, out reason)) return false;
        if (text is "." || (text[^1] == '.' && !EndsInEscapedDot(text))) return true;
        return name.TryAppend(origin, out name) || Refuse(TooLong, out reason);
    }
}
