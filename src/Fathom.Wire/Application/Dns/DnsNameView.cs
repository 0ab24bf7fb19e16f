using System.Buffers.Binary;

namespace Fathom.Wire.Application.Dns;

/// <summary>A name in a message that was checked: compressed or not, it is read where it stands.</summary>
public readonly ref struct DnsNameView
{
    private readonly ReadOnlySpan<byte> _message;
    private readonly int _offset;

    internal DnsNameView(ReadOnlySpan<byte> message, int offset)
    {
        _message = message;
        _offset = offset;
    }

    /// <summary>True for the root.</summary>
    public bool IsRoot => End == _offset + 1;

    /// <summary>Octets from the start of the message to the first behind the name as it stands there.</summary>
    internal int End
    {
        get
        {
            var at = _offset;
            while (true)
            {
                int octet = _message[at];
                if (octet == 0) return at + 1;
                if (octet >= 0xC0) return at + 2;
                at += octet + 1;
            }
        }
    }

    /// <summary>Writes the uncompressed form (RFC 1035 §3.1): each label after its length octet, then a zero.</summary>
    /// <param name="wire">At least <see cref="DnsName.MaximumWireLength"/> octets.</param>
    /// <returns>Octets written, 1 to 255; 0 for the default value, which is no name.</returns>
    public int CopyTo(Span<byte> wire)
    {
        // Labels that stand behind each other are copied together.
        var length = 0;
        for (int start = _offset, at = start; at < _message.Length;)
        {
            int octet = _message[at];
            if (octet is > 0 and < 0xC0)
            {
                at += octet + 1;
                continue;
            }

            var labels = _message[start..(octet == 0 ? at + 1 : at)];
            labels.CopyTo(wire[length..]);
            length += labels.Length;
            if (octet == 0) break;
            start = at = BinaryPrimitives.ReadUInt16BigEndian(_message[at..]) & 0x3FFF;
        }

        return length;
    }

    /// <summary>Writes the name in the escaped text of <see cref="DnsName.ToString"/>, in ASCII, and allocates nothing.</summary>
    /// <param name="utf8Destination">Takes the text; 1,020 octets are enough for any name.</param>
    /// <param name="isAbsolute">With the trailing dot of an absolute name.</param>
    /// <param name="bytesWritten">Octets written; 0 where the answer is false.</param>
    /// <returns>False if there is no room.</returns>
    public bool TryFormat(Span<byte> utf8Destination, bool isAbsolute, out int bytesWritten)
    {
        Span<byte> wire = stackalloc byte[DnsName.MaximumWireLength];
        return DnsName.TryFormat(wire[..CopyTo(wire)], utf8Destination, isAbsolute, out bytesWritten);
    }

    /// <summary>The name as a value of its own.</summary>
    public DnsName ToName()
    {
        Span<byte> wire = stackalloc byte[DnsName.MaximumWireLength];
        return DnsName.TryReadWire(wire[..CopyTo(wire)], out var name) ? name : DnsName.Root;
    }

    /// <summary>The name in escaped text, as <see cref="DnsName.ToString"/> writes it.</summary>
    public override string ToString() => ToName().ToString();
}
