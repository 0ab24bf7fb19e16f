using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Fathom.Wire.Application.Dns;

public sealed partial class DnsName
{
    /// <summary>
    /// Parses a name in the text of master files (RFC 1035 §5.1): labels between dots, "\." for a dot inside a
    /// label, "\DDD" for any octet by its decimal number. The name is taken as absolute, the trailing dot is
    /// optional, "." is the root. Only ASCII: an internationalized name goes through IDNA first.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="name">The name, or null.</param>
    /// <param name="reason">Why not, as a phrase for a person that names the limit; empty on success.</param>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out DnsName? name, out string reason)
    {
        name = null;
        if (text.IsEmpty) return Refuse("the name is empty (the root is written \".\")", out reason);
        if (text is ".")
        {
            name = Root;
            reason = "";
            return true;
        }

        Span<byte> wire = stackalloc byte[MaximumWireLength];
        int lengthAt = 0, at = 1, labels = 0;
        for (var i = 0; i < text.Length; i++)
        {
            byte octet;
            if (text[i] == '.')
            {
                if (!CloseLabel(wire, lengthAt, at, labels, out reason)) return false;
                labels++;
                if (i == text.Length - 1) break;

                // The dot's place holds the next label's length; one octet more is needed for the root's zero.
                if (at + 2 >= MaximumWireLength) return Refuse(TooLong, out reason);
                lengthAt = at++;
                continue;
            }

            if (text[i] == '\\')
            {
                if (!ReadEscape(text, ref i, out octet, out reason)) return false;
            }
            else if (text[i] > 0x7F)
            {
                return Refuse("the name holds a character that is not ASCII; its IDNA form (xn--) is needed", out reason);
            }
            else if (text[i] is <= ' ' or (char)0x7F)
            {
                return Refuse("the name holds a space or control character that is not escaped", out reason);
            }
            else
            {
                octet = (byte)text[i];
            }

            if (at - lengthAt > MaximumLabelLength) return Refuse("a label is longer than 63 octets (RFC 1035 §2.3.4)", out reason);
            if (at + 1 >= MaximumWireLength) return Refuse(TooLong, out reason);
            wire[at++] = octet;
        }

        if (text[^1] != '.' || EndsInEscapedDot(text))
        {
            if (!CloseLabel(wire, lengthAt, at, labels, out reason)) return false;
            labels++;
        }

        wire[at++] = 0;
        name = FromChecked(wire[..at], labels);
        reason = "";
        return true;
    }

    /// <summary>Parses as <see cref="TryParse"/> does.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">The text is not a name.</exception>
    public static DnsName Parse(ReadOnlySpan<char> text)
        => TryParse(text, out var name, out var reason) ? name : throw new FormatException($"Not a domain name: {reason}.");

    /// <summary>
    /// The name in escaped text (RFC 4343 §2.1), without a trailing dot; the root is ".". It is safe for
    /// terminals: every octet outside 0x21 to 0x7E is shown as \DDD.
    /// </summary>
    public override string ToString() => Format(absolute: false);

    /// <summary>The name as <see cref="ToString"/> shows it, always with the trailing dot of an absolute name.</summary>
    public string ToAbsoluteString() => Format(absolute: true);

    private const string TooLong = "the name is longer than 255 octets (RFC 1035 §2.3.4)";

    private static bool Refuse(string why, out string reason)
    {
        reason = why;
        return false;
    }

    private static bool CloseLabel(Span<byte> wire, int lengthAt, int at, int labels, out string reason)
    {
        var length = at - lengthAt - 1;
        if (length == 0) return Refuse(labels == 0 ? "the name begins with a dot" : "a label is empty (two dots follow each other)", out reason);
        wire[lengthAt] = (byte)length;
        reason = "";
        return true;
    }

    private static bool ReadEscape(ReadOnlySpan<char> text, ref int i, out byte octet, out string reason)
    {
        octet = 0;
        reason = "";
        if (i + 1 >= text.Length) return Refuse("the name ends in a backslash", out reason);
        if (!char.IsAsciiDigit(text[i + 1]))
        {
            if (text[i + 1] is < ' ' or > '~') return Refuse("a backslash stands before a character that is not printable ASCII", out reason);
            octet = (byte)text[++i];
            return true;
        }

        if (i + 3 >= text.Length || !char.IsAsciiDigit(text[i + 2]) || !char.IsAsciiDigit(text[i + 3]))
            return Refuse("a backslash and a digit need three digits, \\DDD (RFC 1035 §5.1)", out reason);
        var value = ((text[i + 1] - '0') * 100) + ((text[i + 2] - '0') * 10) + (text[i + 3] - '0');
        if (value > 255) return Refuse("an escape \\DDD is greater than 255 (RFC 1035 §5.1)", out reason);
        octet = (byte)value;
        i += 3;
        return true;
    }

    // "a\." ends in a label whose last octet is a dot; "a\\." ends in a separator.
    private static bool EndsInEscapedDot(ReadOnlySpan<char> text)
    {
        var backslashes = 0;
        for (var i = text.Length - 2; i >= 0 && text[i] == '\\'; i--) backslashes++;
        return backslashes % 2 == 1;
    }

    // Each octet takes four characters at most, each length octet is a dot.
    private const int MaximumTextLength = 4 * MaximumWireLength;

    /// <summary>Writes a name's text in ASCII.</summary>
    /// <param name="wire">The uncompressed wire form.</param>
    /// <param name="destination">Takes the text.</param>
    /// <param name="isAbsolute">With the trailing dot.</param>
    /// <param name="written">Octets written; 0 where the answer is false.</param>
    /// <returns>False if there is no room.</returns>
    internal static bool TryFormat(ReadOnlySpan<byte> wire, Span<byte> destination, bool isAbsolute, out int written)
    {
        written = 0;
        var at = 0;
        var isRoot = wire.Length <= 1;
        if (isRoot && !TryAdd(destination, ref at, "."u8)) return false;
        for (var label = 0; !isRoot && wire[label] != 0; label += wire[label] + 1)
        {
            if (label > 0 && !TryAdd(destination, ref at, "."u8)) return false;
            var octets = wire.Slice(label + 1, wire[label]);
            // Nearly all labels are letters, digits and hyphens, which stand for themselves.
            if (!octets.ContainsAnyExcept(Plain))
            {
                if (!TryAdd(destination, ref at, octets)) return false;
                continue;
            }

            foreach (var octet in octets)
            {
                if (!TryAddOctet(destination, ref at, octet)) return false;
            }
        }

        if (!isRoot && isAbsolute && !TryAdd(destination, ref at, "."u8)) return false;
        written = at;
        return true;
    }

    private static readonly System.Buffers.SearchValues<byte> Plain =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"u8);

    private static bool TryAdd(Span<byte> destination, ref int at, ReadOnlySpan<byte> text)
    {
        if (!text.TryCopyTo(destination[at..])) return false;
        at += text.Length;
        return true;
    }

    private static bool TryAddOctet(Span<byte> destination, ref int at, byte octet)
    {
        if (octet is < 0x21 or > 0x7E)
            return TryAdd(destination, ref at, [(byte)'\\', (byte)('0' + (octet / 100)), (byte)('0' + (octet / 10 % 10)), (byte)('0' + (octet % 10))]);

        // A dot and a backslash always; the rest are the characters that mean something in a master file (RFC 1035 §5.1).
        var isSpecial = octet is (byte)'.' or (byte)'\\' or (byte)'"' or (byte)'(' or (byte)')' or (byte)';' or (byte)'@' or (byte)'$';
        return isSpecial ? TryAdd(destination, ref at, [(byte)'\\', octet]) : TryAdd(destination, ref at, [octet]);
    }

    private string Format(bool absolute)
    {
        Span<byte> text = stackalloc byte[MaximumTextLength];
        TryFormat(_wire, text, absolute, out var length);
        return Encoding.ASCII.GetString(text[..length]);
    }
}
