namespace Fathom.Wire.Internet;

/// <summary>The checks that all neighbor discovery messages share (RFC 4861 §6.1, §7.1, §8.1), as far as bytes go.</summary>
internal static class NdMessage
{
    internal const string Name = "ICMPv6";

    /// <summary>True if type and code are right, the fixed part is there, and every option has a length.</summary>
    internal static bool Check(ReadOnlySpan<byte> bytes, Icmpv6Type type, int fixedLength, out WireError error)
    {
        error = default;
        if (bytes.Length < fixedLength)
            error = WireError.TooShort(Name, 0, fixedLength, bytes.Length, type.Describe());
        else if (bytes[0] != (byte)type)
            error = WireError.BadValue(Name, 0, "the type is not the one asked for");
        else if (bytes[1] != 0)
            error = WireError.BadValue(Name, 1, "the code of a neighbor discovery message is not 0");
        if (error.IsError) return false;

        var options = new NdOptionEnumerator(bytes[fixedLength..]);
        while (options.MoveNext())
        {
        }

        error = options.Error;
        if (error.IsError) error = error with { Offset = error.Offset + fixedLength };
        return !error.IsError;
    }

    /// <summary>Writes an address that has to be IPv6.</summary>
    /// <exception cref="InvalidOperationException">It is not.</exception>
    internal static void WriteAddress(IpAddress address, Span<byte> destination)
    {
        if (!address.IsV6) throw new InvalidOperationException("Neighbor discovery is about IPv6 addresses.");
        address.WriteTo(destination);
    }
}
