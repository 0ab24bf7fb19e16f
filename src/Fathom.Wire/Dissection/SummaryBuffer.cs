using System.Buffers.Text;
using System.Text;
using Fathom.Wire.Application.Dns;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Wire.Dissection;

/// <summary>A line of text under way, in UTF-8, in room that somebody lends. What does not fit is left out, and <see cref="IsFull"/> says so.</summary>
internal ref struct SummaryBuffer(Span<byte> room)
{
    private readonly Span<byte> _room = room;

    internal int Length { get; private set; }

    internal bool IsFull { get; private set; }

    /// <summary>What was written.</summary>
    internal readonly ReadOnlySpan<byte> Written => _room[..Length];

    internal void Add(scoped ReadOnlySpan<byte> text)
    {
        if (text.TryCopyTo(_room[Length..])) Length += text.Length;
        else IsFull = true;
    }

    internal void Add(string text)
    {
        if (Encoding.UTF8.TryGetBytes(text, _room[Length..], out var written)) Length += written;
        else IsFull = true;
    }

    /// <summary>Adds at least so many hexadecimal digits behind "0x".</summary>
    internal void AddHex(ulong number, int digits)
    {
        const int BitsInDigit = 4;
        while (digits < 2 * sizeof(ulong) && number >> (BitsInDigit * digits) != 0) digits++;
        if (_room.Length - Length < 2 + digits)
        {
            IsFull = true;
            return;
        }

        var to = _room.Slice(Length, 2 + digits);
        to[0] = (byte)'0';
        to[1] = (byte)'x';
        for (var at = to.Length - 1; at > 1; at--, number >>= BitsInDigit) to[at] = "0123456789abcdef"u8[(int)(number & 0xF)];
        Length += to.Length;
    }

    internal void Add(ulong number)
    {
        if (Utf8Formatter.TryFormat(number, _room[Length..], out var written)) Length += written;
        else IsFull = true;
    }

    /// <summary>Adds a label and a number: " win=", 512.</summary>
    internal void Add(scoped ReadOnlySpan<byte> label, uint number)
    {
        Add(label);
        Add(number);
    }

    internal void Add(IpAddress address)
    {
        if (address.TryFormat(_room[Length..], out var written)) Length += written;
        else IsFull = true;
    }

    internal void AddRoute(IpAddress source, IpAddress destination)
    {
        Add(source);
        Add(" → "u8);
        Add(destination);
    }

    /// <summary>Adds endpoints, as <see cref="Transport.IpEndpoint"/> writes them.</summary>
    internal void AddRoute(IpAddress source, ushort sourcePort, IpAddress destination, ushort destinationPort)
    {
        AddEndpoint(source, sourcePort);
        Add(" → "u8);
        AddEndpoint(destination, destinationPort);
    }

    internal void Add(MacAddress address)
    {
        const int Digits = 17;
        if (_room.Length - Length < Digits)
        {
            IsFull = true;
            return;
        }

        var to = _room.Slice(Length, Digits);
        for (var i = 0; i < MacAddress.Length; i++)
        {
            var octet = (int)(address.Value >> (40 - (8 * i))) & 0xFF;
            to[3 * i] = "0123456789abcdef"u8[octet >> 4];
            to[(3 * i) + 1] = "0123456789abcdef"u8[octet & 0xF];
            if (i < MacAddress.Length - 1) to[(3 * i) + 2] = (byte)':';
        }

        Length += Digits;
    }

    /// <summary>Adds a name as <see cref="DnsName.ToString"/> writes it, or with the dot of an absolute name.</summary>
    internal void Add(DnsNameView name, bool isAbsolute)
    {
        if (name.TryFormat(_room[Length..], isAbsolute, out var written)) Length += written;
        else IsFull = true;
    }

    private void AddEndpoint(IpAddress address, ushort port)
    {
        if (address.IsV6) Add("["u8);
        Add(address);
        Add(address.IsV6 ? "]:"u8 : ":"u8);
        Add((ulong)port);
    }
}
