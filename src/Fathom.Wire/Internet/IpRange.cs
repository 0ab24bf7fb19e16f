using System.Numerics;

namespace Fathom.Wire.Internet;

/// <summary>Addresses from a first to a last, both included. The default value is 0.0.0.0 alone.</summary>
public readonly record struct IpRange
{
    /// <summary>Makes the range. Zones are dropped.</summary>
    /// <param name="first">The first address.</param>
    /// <param name="last">The last address, of the same version and not before the first.</param>
    public IpRange(IpAddress first, IpAddress last)
    {
        if (first.Version != last.Version || last.Value < first.Value) throw new ArgumentException("A range goes from a first address to a later one of the same version.", nameof(last));
        First = first.WithZone(0);
        Last = last.WithZone(0);
    }

    /// <summary>The first address.</summary>
    public IpAddress First { get; }

    /// <summary>The last address.</summary>
    public IpAddress Last { get; }

    /// <summary>How many addresses: from 1 to 2^128.</summary>
    public BigInteger Count => (BigInteger)(Last.Value - First.Value) + 1;

    /// <summary>Parses "192.0.2.10-192.0.2.99"; blanks around the hyphen are allowed.</summary>
    /// <param name="text">The text.</param>
    /// <param name="range">The range, or the default.</param>
    /// <param name="error">The first fault and its place, or the default.</param>
    public static bool TryParse(ReadOnlySpan<char> text, out IpRange range, out AddressError error)
    {
        range = default;
        var hyphen = text.IndexOf('-');
        if (hyphen < 0)
        {
            error = new AddressError(AddressErrorKind.TooFewParts, text.Length, "a range is two addresses with a hyphen between them");
            return false;
        }

        if (!IpAddress.TryParse(text[..hyphen].TrimEnd(), out var first, out error)) return false;
        var tail = text[(hyphen + 1)..].TrimStart();
        if (!IpAddress.TryParse(tail, out var last, out error))
        {
            error = error.Shift(text.Length - tail.Length);
            return false;
        }

        return TryMake(first, last, out range, out error);
    }

    /// <summary>Makes the range, or says why the two addresses are none.</summary>
    /// <param name="first">The first address.</param>
    /// <param name="last">The last address.</param>
    /// <param name="range">The range, or the default.</param>
    /// <param name="error">The fault, or the default.</param>
    public static bool TryMake(IpAddress first, IpAddress last, out IpRange range, out AddressError error)
    {
        range = default;
        error = default;
        if (first.Version != last.Version) error = new AddressError(AddressErrorKind.Order, 0, "one address is IPv4, the other IPv6");
        else if (last.Value < first.Value) error = new AddressError(AddressErrorKind.Order, 0, "the range ends before it begins");
        else range = new IpRange(first, last);
        return !error.IsError;
    }

    /// <summary>The fewest prefixes that together are exactly this range, in order.</summary>
    public IEnumerable<IpPrefix> ToPrefixes()
    {
        var (version, bits, at, last) = (First.Version, First.BitLength, First.Value, Last.Value);
        while (true)
        {
            // The largest block that begins here, and does not end behind the range. "left" is one less than what is left.
            var left = last - at;
            var aligned = at == 0 ? bits : (int)UInt128.TrailingZeroCount(at);
            var fitting = left == UInt128.MaxValue ? 128 : 127 - (int)UInt128.LeadingZeroCount(left + 1);
            var hostBits = Math.Min(aligned, fitting);
            yield return new IpPrefix(IpPrefix.Make(version, at), bits - hostBits);
            if (IpPrefix.HostMask(hostBits) == left) yield break;
            at += UInt128.One << hostBits;
        }
    }

    /// <summary>"192.0.2.10-192.0.2.99".</summary>
    public override string ToString() => $"{First}-{Last}";
}
