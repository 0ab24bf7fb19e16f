namespace Fathom.Wire.Internet;

/// <summary>The list of source addresses that queries and group records share.</summary>
internal static class MulticastSources
{
    /// <summary>Writes the addresses, and answers their number.</summary>
    /// <exception cref="InvalidOperationException">There are too many, or one is of another version.</exception>
    internal static ushort Write(Span<byte> destination, ReadOnlySpan<IpAddress> sources, IpVersion version)
    {
        if (sources.Length > ushort.MaxValue) throw new InvalidOperationException("At most 65,535 sources fit.");
        var at = 0;
        foreach (var source in sources)
        {
            if (source.Version != version) throw new InvalidOperationException("A source is of the group's version.");
            source.WriteTo(destination[at..]);
            at += source.Length;
        }

        return (ushort)sources.Length;
    }

    /// <summary>Checks that the counted addresses are there, and cuts the bytes behind them.</summary>
    internal static bool TryCut(ref ReadOnlySpan<byte> bytes, int fixedLength, int count, int addressLength, string name, out WireError error)
    {
        error = default;
        var needed = count * addressLength;
        if (bytes.Length - fixedLength < needed)
            error = WireError.TooShort(name, fixedLength, needed, bytes.Length - fixedLength, "sources");
        else
            bytes = bytes[..(fixedLength + needed)];
        return !error.IsError;
    }
}
