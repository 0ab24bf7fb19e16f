namespace Luck;

/// <summary>The octets of a stream: each follows from its place, so that one that is missing, doubled or moved is seen.</summary>
internal static class Pattern
{
    public static void Fill(Span<byte> octets, long place, int stream)
    {
        for (var i = 0; i < octets.Length; i++) octets[i] = At(place + i, stream);
    }

    /// <summary>The place of the first octet that is not what it should be; -1: all are.</summary>
    public static long FindWrong(ReadOnlySpan<byte> octets, long place, int stream)
    {
        for (var i = 0; i < octets.Length; i++)
        {
            if (octets[i] != At(place + i, stream)) return place + i;
        }

        return -1;
    }

    // A multiplicative hash: neighbors, and places a segment or a power of two apart, differ.
    private static byte At(long place, int stream) => (byte)(((ulong)(place + 1) * 0x9E37_79B9_7F4A_7C15ul) + ((ulong)stream * 0xBF58_476D_1CE4_E5B9ul) >> 56);
}
