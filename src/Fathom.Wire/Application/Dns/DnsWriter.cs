using System.Buffers.Binary;

namespace Fathom.Wire.Application.Dns;

/// <summary>Writes one message, or the data of one record, into a growing buffer of at most 65,535 octets.</summary>
internal sealed class DnsWriter
{
    // A pointer has 14 bits (RFC 1035 §4.1.4): names that begin later cannot be pointed to.
    private const int FarthestPointer = 0x3FFF;

    private readonly DnsNameForm _form;
    private readonly int _maximumLength;
    private readonly Dictionary<DnsNameSuffix, ushort>? _suffixes;
    private byte[] _buffer;

    /// <param name="form">How names are written.</param>
    /// <param name="maximumLength">Octets at most; one more sets <see cref="Overflowed"/>.</param>
    public DnsWriter(DnsNameForm form, int maximumLength = DnsMessage.MaximumLength)
    {
        _form = form;
        _maximumLength = maximumLength;
        _suffixes = form == DnsNameForm.Compressed ? [] : null;
        _buffer = new byte[Math.Min(maximumLength, 512)];
    }

    public int Length { get; private set; }

    /// <summary>True once something did not fit; what was written then means nothing.</summary>
    public bool Overflowed { get; private set; }

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, Length);

    public void WriteByte(byte value)
    {
        if (Reserve(1)) _buffer[Length++] = value;
    }

    public void WriteUInt16(ushort value)
    {
        if (!Reserve(2)) return;
        BinaryPrimitives.WriteUInt16BigEndian(_buffer.AsSpan(Length), value);
        Length += 2;
    }

    public void WriteUInt32(uint value)
    {
        if (!Reserve(4)) return;
        BinaryPrimitives.WriteUInt32BigEndian(_buffer.AsSpan(Length), value);
        Length += 4;
    }

    public void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        if (!Reserve(bytes.Length)) return;
        bytes.CopyTo(_buffer.AsSpan(Length));
        Length += bytes.Length;
    }

    /// <summary>A character-string (RFC 1035 §3.3). More than 255 octets is the caller's mistake.</summary>
    public void WriteString(ReadOnlySpan<byte> text)
    {
        if (text.Length > 255) throw new InvalidOperationException("A DNS character-string has at most 255 octets (RFC 1035 §3.3).");
        WriteByte((byte)text.Length);
        WriteBytes(text);
    }

    /// <summary>A name that may be compressed: an owner, or data of the types of RFC 1035 (RFC 3597 §4).</summary>
    public void WriteCompressibleName(DnsName name)
    {
        if (_suffixes is null)
        {
            WriteName(name);
            return;
        }

        // From the whole name towards the root: the first suffix that stands in the message already ends the name as a pointer.
        Span<DnsNameSuffix> suffixes = new DnsNameSuffix[name.LabelCount];
        DnsNameSuffix.Split(name, suffixes);
        foreach (var suffix in suffixes)
        {
            if (_suffixes.TryGetValue(suffix, out var offset))
            {
                WriteUInt16((ushort)(0xC000 | offset));
                return;
            }

            if (Length <= FarthestPointer) _suffixes.Add(suffix, (ushort)Length);
            WriteBytes(suffix.FirstLabel);
        }

        WriteByte(0);
    }

    /// <summary>A name that must not be compressed (RFC 3597 §4).</summary>
    public void WriteName(DnsName name)
    {
        if (_form != DnsNameForm.LowerCase)
        {
            WriteBytes(name.Wire);
            return;
        }

        foreach (var octet in name.Wire) WriteByte(DnsName.ToLower(octet));
    }

    /// <summary>Writes a 16-bit length in front of what <paramref name="content"/> writes: RDLENGTH.</summary>
    public void WriteWithLength(DnsData content)
    {
        var at = Length;
        WriteUInt16(0);
        content.WriteTo(this);
        if (!Overflowed) BinaryPrimitives.WriteUInt16BigEndian(_buffer.AsSpan(at), (ushort)(Length - at - 2));
    }

    private bool Reserve(int count)
    {
        if (Overflowed) return false;
        if (Length + count > _maximumLength)
        {
            Overflowed = true;
            return false;
        }

        if (Length + count > _buffer.Length)
            Array.Resize(ref _buffer, Math.Min(_maximumLength, Math.Max(Length + count, _buffer.Length * 2)));
        return true;
    }
}
