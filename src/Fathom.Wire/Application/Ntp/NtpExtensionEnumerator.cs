using System.Buffers.Binary;

namespace Fathom.Wire.Application.Ntp;

/// <summary>
/// Walks extension fields (RFC 7822) without allocating. What is left at the end is the message authentication code: nothing, 4 octets (a
/// crypto-NAK), or a key id and a digest of 16 or 20. The walk ends at damage, which <see cref="Error"/> then describes.
/// </summary>
public ref struct NtpExtensionEnumerator
{
    // RFC 7822 §7.5.1.2: an extension field has at least 16 octets; RFC 7822 §7.5.1.4: at most 24 octets at the end are a code and no field.
    private const int MinimumField = 16;
    private const int MaximumCode = 24;

    private readonly ReadOnlySpan<byte> _bytes;

    /// <summary>Starts before the first field.</summary>
    /// <param name="bytes">What follows the header.</param>
    public NtpExtensionEnumerator(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <summary>Octets from the header's end to the next field, or to the code.</summary>
    public int Next { get; private set; }

    /// <summary>Octets from the header's end to the field at which the walk stands.</summary>
    public int Offset { get; private set; }

    /// <summary>The field at which the walk stands, type and length included.</summary>
    public ReadOnlySpan<byte> Current { get; private set; }

    /// <summary>The field's type (IANA "NTP Extension Field Types").</summary>
    public readonly ushort Type => BinaryPrimitives.ReadUInt16BigEndian(Current);

    /// <summary>The message authentication code; empty if there is none, and before the walk has ended.</summary>
    public readonly ReadOnlySpan<byte> Code => !Error.IsError && _bytes.Length - Next <= MaximumCode ? _bytes[Next..] : default;

    /// <summary>Why the walk ended early, or no error. Its offset counts from the header's end.</summary>
    public WireError Error { get; private set; }

    /// <summary>Steps to the next field.</summary>
    public bool MoveNext()
    {
        var rest = _bytes[Next..];
        if (rest.Length <= MaximumCode || Error.IsError) return false;
        int length = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]);
        if (length < MinimumField || length % 4 != 0)
        {
            Error = WireError.BadLength(NtpPacket.Protocol, Next + 2, MinimumField, length, LengthSource.ElementLength, "extension field");
            return false;
        }

        if (length > rest.Length)
        {
            Error = WireError.TooShort(NtpPacket.Protocol, Next, length, rest.Length, "extension field", LengthSource.ElementLength);
            return false;
        }

        Offset = Next;
        Current = rest[..length];
        Next += length;
        return true;
    }
}
