using System.Buffers.Binary;
using System.Text;
using Fathom.Wire.Internet;

namespace Fathom.Wire.Application.Dhcp;

/// <summary>
/// Options to send, in the order in which they are added. Content longer than 255 octets is split into pieces that a reader joins again
/// (RFC 3396 §5). The end is written by the message.
/// </summary>
public sealed class DhcpOptionList
{
    private const int LongestPiece = 255;

    private readonly List<byte> _bytes = [];

    /// <summary>Octets so far.</summary>
    public int Length => _bytes.Count;

    /// <summary>Adds an option by its octets.</summary>
    /// <param name="code">Which.</param>
    /// <param name="data">The content; empty for an option that says all by being there.</param>
    /// <returns>The list itself.</returns>
    public DhcpOptionList Add(DhcpOptionCode code, ReadOnlySpan<byte> data)
    {
        if (code is DhcpOptionCode.Pad or DhcpOptionCode.End) throw new ArgumentException("Pad and end have no content.", nameof(code));
        do
        {
            var piece = data[..Math.Min(data.Length, LongestPiece)];
            _bytes.Add((byte)code);
            _bytes.Add((byte)piece.Length);
            _bytes.AddRange(piece);
            data = data[piece.Length..];
        }
        while (!data.IsEmpty);
        return this;
    }

    /// <summary>Adds option 53.</summary>
    /// <param name="type">The message's type.</param>
    public DhcpOptionList Add(DhcpMessageType type) => Add(DhcpOptionCode.MessageType, [(byte)type]);

    /// <summary>Adds an option of IPv4 addresses.</summary>
    /// <param name="code">Which.</param>
    /// <param name="addresses">One or more.</param>
    public DhcpOptionList Add(DhcpOptionCode code, params ReadOnlySpan<IpAddress> addresses)
    {
        var data = new byte[4 * addresses.Length];
        for (var i = 0; i < addresses.Length; i++)
        {
            if (!addresses[i].IsV4) throw new ArgumentException("The option holds IPv4 addresses.", nameof(addresses));
            addresses[i].ToBytes().CopyTo(data, 4 * i);
        }

        return Add(code, data.AsSpan());
    }

    /// <summary>Adds an option of 32 bits: lease time and the like, in seconds.</summary>
    /// <param name="code">Which.</param>
    /// <param name="value">The number.</param>
    public DhcpOptionList Add(DhcpOptionCode code, uint value)
    {
        Span<byte> data = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(data, value);
        return Add(code, data);
    }

    /// <summary>Adds an option of 16 bits: MTU, maximum message size …</summary>
    /// <param name="code">Which.</param>
    /// <param name="value">The number.</param>
    public DhcpOptionList Add(DhcpOptionCode code, ushort value)
    {
        Span<byte> data = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(data, value);
        return Add(code, data);
    }

    /// <summary>Adds an option of text.</summary>
    /// <param name="code">Which.</param>
    /// <param name="text">ASCII.</param>
    public DhcpOptionList Add(DhcpOptionCode code, string text) => Add(code, Encoding.ASCII.GetBytes(text));

    /// <summary>Adds option 55.</summary>
    /// <param name="codes">The options asked for.</param>
    public DhcpOptionList AddRequestList(params ReadOnlySpan<DhcpOptionCode> codes)
    {
        var data = new byte[codes.Length];
        for (var i = 0; i < codes.Length; i++) data[i] = (byte)codes[i];
        return Add(DhcpOptionCode.ParameterRequestList, data.AsSpan());
    }

    internal void CopyTo(Span<byte> destination) => _bytes.ToArray().CopyTo(destination);
}
