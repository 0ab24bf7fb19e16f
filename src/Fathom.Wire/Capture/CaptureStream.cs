using System.Buffers.Binary;

namespace Fathom.Wire.Capture;

/// <summary>A stream with a position and a byte order, read piece by piece.</summary>
internal sealed class CaptureStream(Stream stream)
{
    // A length in a damaged file may claim anything: memory grows with what is there, not with what is claimed.
    private const int GrowthStep = 64 * 1024;

    internal long Position { get; private set; }

    internal bool IsBigEndian { get; set; }

    internal ushort ToUInt16(ReadOnlySpan<byte> bytes)
        => IsBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    internal uint ToUInt32(ReadOnlySpan<byte> bytes)
        => IsBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    internal ulong ToUInt64(ReadOnlySpan<byte> bytes)
        => IsBigEndian ? BinaryPrimitives.ReadUInt64BigEndian(bytes) : BinaryPrimitives.ReadUInt64LittleEndian(bytes);

    /// <summary>Fills the span as far as the stream goes.</summary>
    internal int Read(Span<byte> destination)
    {
        var count = stream.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false);
        Position += count;
        return count;
    }

    /// <summary>Reads so many octets into an array of their own; fewer where the stream ends.</summary>
    internal byte[] Read(int count)
    {
        var bytes = new byte[Math.Min(count, GrowthStep)];
        var length = 0;
        while (length < count)
        {
            if (length == bytes.Length) Array.Resize(ref bytes, (int)Math.Min(count, 2L * bytes.Length));
            var read = Read(bytes.AsSpan(length));
            length += read;
            if (length < bytes.Length) break;
        }

        if (length < bytes.Length) Array.Resize(ref bytes, length);
        return bytes;
    }
}
