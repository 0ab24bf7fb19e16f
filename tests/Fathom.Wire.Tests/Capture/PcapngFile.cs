using System.Buffers.Binary;
using System.Text;

namespace Fathom.Wire.Tests.Capture;

/// <summary>Puts a pcapng file together block by block, in either byte order, with blocks and options that our writer does not write.</summary>
internal sealed class PcapngFile(bool isBigEndian)
{
    private readonly List<byte> _file = [];

    internal byte[] ToArray() => _file.ToArray();

    internal PcapngFile Section(params (ushort Code, byte[] Value)[] options)
        => Block(0x0A0D0D0A, [.. U32(0x1A2B3C4D), .. U16(1), .. U16(0), .. U32(uint.MaxValue), .. U32(uint.MaxValue), .. Options(options)]);

    internal PcapngFile Interface(ushort linkType, uint snapLength, params (ushort Code, byte[] Value)[] options)
        => Block(1, [.. U16(linkType), .. U16(0), .. U32(snapLength), .. Options(options)]);

    internal PcapngFile Enhanced(uint @interface, ulong time, byte[] bytes, uint original, params (ushort Code, byte[] Value)[] options)
        => Block(6, [.. U32(@interface), .. U32((uint)(time >> 32)), .. U32((uint)time), .. U32((uint)bytes.Length), .. U32(original), .. Padded(bytes), .. Options(options)]);

    internal PcapngFile Obsolete(ushort @interface, ushort drops, ulong time, byte[] bytes, uint original)
        => Block(2, [.. U16(@interface), .. U16(drops), .. U32((uint)(time >> 32)), .. U32((uint)time), .. U32((uint)bytes.Length), .. U32(original), .. Padded(bytes)]);

    internal PcapngFile Simple(byte[] bytes, uint original) => Block(3, [.. U32(original), .. Padded(bytes)]);

    internal PcapngFile Statistics(uint @interface, ulong time, params (ushort Code, ulong Value)[] counts)
        => Block(5, [.. U32(@interface), .. U32((uint)(time >> 32)), .. U32((uint)time), .. Options([.. counts.Select(c => (c.Code, U64(c.Value)))])]);

    internal PcapngFile Block(uint type, byte[] body)
    {
        var total = (uint)(12 + body.Length);
        _file.AddRange([.. U32(type), .. U32(total), .. body, .. U32(total)]);
        return this;
    }

    internal byte[] U16(ushort value)
    {
        var bytes = new byte[2];
        if (isBigEndian) BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        else BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
        return bytes;
    }

    internal byte[] U32(uint value)
    {
        var bytes = new byte[4];
        if (isBigEndian) BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        else BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }

    internal byte[] U64(ulong value)
    {
        var bytes = new byte[8];
        if (isBigEndian) BinaryPrimitives.WriteUInt64BigEndian(bytes, value);
        else BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        return bytes;
    }

    internal byte[] Record(ushort type, byte[] value) => [.. U16(type), .. U16((ushort)value.Length), .. Padded(value)];

    internal static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private byte[] Options((ushort Code, byte[] Value)[] options)
        => options.Length == 0 ? [] : [.. options.SelectMany(o => Record(o.Code, o.Value)), .. U32(0)];

    private static byte[] Padded(byte[] bytes) => [.. bytes, .. new byte[(4 - (bytes.Length % 4)) % 4]];
}
