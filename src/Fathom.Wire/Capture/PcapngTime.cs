namespace Fathom.Wire.Capture;

/// <summary>Turns an interface's time units into nanoseconds since the Unix epoch.</summary>
/// <param name="Resolution">if_tsresol (§4.2): 10^-n seconds, or 2^-n with the first bit set.</param>
/// <param name="OffsetSeconds">if_tsoffset (§4.2): seconds to add.</param>
internal readonly record struct PcapngTime(byte Resolution, long OffsetSeconds)
{
    private const ulong NanosecondsPerSecond = 1_000_000_000;

    // 10^19 is the largest power of ten in 64 bits; finer units would make every 64-bit time the year 1970.
    private const int MaxDecimalExponent = 19;

    /// <summary>if_tsresol of microseconds; what counts where an interface does not say (§4.2).</summary>
    internal const byte Microseconds = 6;

    /// <summary>if_tsresol of nanoseconds.</summary>
    internal const byte Nanoseconds = 9;

    /// <summary>§4.2: microseconds, where an interface does not say.</summary>
    internal static PcapngTime Default => new(Microseconds, 0);

    /// <summary>Null where the time does not fit 64 bits, or the resolution is finer than any.</summary>
    internal long? ToUnixNanoseconds(uint high, uint low)
    {
        // Nearly every file has one of two units, and a time that multiplies without overflow.
        var count = ((long)high << 32) | low;
        if (OffsetSeconds == 0 && Resolution == Microseconds && high < 1 << 21) return count * 1000;
        if (OffsetSeconds == 0 && Resolution == Nanoseconds && count >= 0) return count;

        var units = ((UInt128)high << 32) | low;
        var exponent = Resolution & 0x7F;
        UInt128 unitsPerSecond;
        if ((Resolution & 0x80) != 0)
        {
            if (exponent > 64) return null;
            unitsPerSecond = UInt128.One << exponent;
        }
        else
        {
            if (exponent > MaxDecimalExponent) return null;
            unitsPerSecond = 1;
            for (var i = 0; i < exponent; i++) unitsPerSecond *= 10;
        }

        var nanoseconds = (Int128)(units * NanosecondsPerSecond / unitsPerSecond) + ((Int128)OffsetSeconds * NanosecondsPerSecond);
        return nanoseconds < long.MinValue || nanoseconds > long.MaxValue ? null : (long)nanoseconds;
    }
}
