using System.Globalization;

namespace Fathom.Wire.Transport;

/// <summary>
/// A TCP sequence number: arithmetic is modulo 2^32, and comparison looks at the shorter way round (RFC 9293 §3.4,
/// RFC 1982 §3.2). Two numbers exactly 2^31 apart have no order (RFC 1982): none of the comparisons holds. There is no total
/// order, so numbers cannot be sorted.
/// </summary>
/// <param name="Value">The number on the wire.</param>
public readonly record struct SequenceNumber(uint Value)
{
    private const uint Half = 0x8000_0000;

    /// <summary>The number some octets later.</summary>
    public static SequenceNumber operator +(SequenceNumber number, uint octets) => new(unchecked(number.Value + octets));

    /// <summary>The number some octets earlier.</summary>
    public static SequenceNumber operator -(SequenceNumber number, uint octets) => new(unchecked(number.Value - octets));

    /// <summary>Octets from the right number forward to the left one, modulo 2^32.</summary>
    public static uint operator -(SequenceNumber left, SequenceNumber right) => unchecked(left.Value - right.Value);

    /// <summary>True if the left number is the earlier one.</summary>
    public static bool operator <(SequenceNumber left, SequenceNumber right) => right - left is > 0 and < Half;

    /// <summary>True if the left number is the later one.</summary>
    public static bool operator >(SequenceNumber left, SequenceNumber right) => left - right is > 0 and < Half;

    /// <summary>True if the left number is the earlier one, or both are the same.</summary>
    public static bool operator <=(SequenceNumber left, SequenceNumber right) => right - left < Half;

    /// <summary>True if the left number is the later one, or both are the same.</summary>
    public static bool operator >=(SequenceNumber left, SequenceNumber right) => left - right < Half;

    /// <summary>The number some octets later.</summary>
    /// <param name="octets">How many.</param>
    public SequenceNumber Add(uint octets) => this + octets;

    /// <summary>The number some octets earlier.</summary>
    /// <param name="octets">How many.</param>
    public SequenceNumber Subtract(uint octets) => this - octets;

    /// <summary>Octets from another number to this one: negative if the other is later; -2^31 if they have no order.</summary>
    /// <param name="other">The other number.</param>
    public int DistanceFrom(SequenceNumber other) => unchecked((int)(Value - other.Value));

    /// <summary>True if this number is one of the window's: from <paramref name="start"/> on, <paramref name="length"/> octets (RFC 9293 §3.4).</summary>
    /// <param name="start">The window's first number.</param>
    /// <param name="length">Octets in the window; 0 holds none.</param>
    public bool IsInWindow(SequenceNumber start, uint length) => this - start < length;

    /// <summary>The later of two numbers.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static SequenceNumber Max(SequenceNumber left, SequenceNumber right) => left > right ? left : right;

    /// <summary>The earlier of two numbers.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static SequenceNumber Min(SequenceNumber left, SequenceNumber right) => left < right ? left : right;

    /// <summary>The number in decimal.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
