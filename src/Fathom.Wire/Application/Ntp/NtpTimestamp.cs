using System.Globalization;

namespace Fathom.Wire.Application.Ntp;

/// <summary>
/// An NTP timestamp (RFC 5905 §6): seconds since 1900 and a fraction, 32 bits each. Zero means that no time is known. The seconds wrap in 2036;
/// a value whose top bit is not set is taken for the era that then begins (RFC 4330 §3).
/// </summary>
/// <param name="Value">The 64 bits, as on the wire.</param>
public readonly record struct NtpTimestamp(ulong Value)
{
    private const ulong TicksPerSecond = TimeSpan.TicksPerSecond;

    private static readonly DateTimeOffset Era0 = new(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // Era 1 begins 2^32 seconds later: 7 February 2036, 06:28:16.
    private static readonly DateTimeOffset Era1 = Era0.AddSeconds(4294967296.0);

    /// <summary>True if no time is known.</summary>
    public bool IsZero => Value == 0;

    /// <summary>Seconds within the era.</summary>
    public uint Seconds => (uint)(Value >> 32);

    /// <summary>The fraction of a second, in units of 2^-32 s (233 picoseconds).</summary>
    public uint Fraction => (uint)Value;

    /// <summary>The timestamp of a time; from 1968 to 2104 it reads back as the same time, to 100 ns.</summary>
    /// <param name="time">The time, not before 1900.</param>
    public static NtpTimestamp FromTime(DateTimeOffset time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, Era0);
        var (seconds, rest) = Math.DivRem((ulong)(time.UtcTicks - Era0.UtcTicks), TicksPerSecond);

        // Rounded up, so that cutting it off again gives the same tick.
        return new NtpTimestamp((seconds << 32) | (((rest << 32) + TicksPerSecond - 1) / TicksPerSecond));
    }

    /// <summary>The time, to 100 ns.</summary>
    public DateTimeOffset ToTime()
        => (((Seconds & 0x8000_0000) != 0) ? Era0 : Era1).AddTicks((long)((Seconds * TicksPerSecond) + ((Fraction * TicksPerSecond) >> 32)));

    /// <summary>"2026-01-31 12:00:00.1234567 UTC", or "not set".</summary>
    public override string ToString() => IsZero ? "not set" : ToTime().ToString("yyyy-MM-dd HH:mm:ss.fffffff 'UTC'", CultureInfo.InvariantCulture);
}
