namespace Fathom.Wire.Application.Ntp;

/// <summary>Whether a leap second comes (RFC 5905 figure 9).</summary>
public enum NtpLeap : byte
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The last minute of the day has 61 seconds.</summary>
    LongMinute = 1,

    /// <summary>The last minute of the day has 59 seconds.</summary>
    ShortMinute = 2,

    /// <summary>The sender's clock is not synchronized.</summary>
    NotSynchronized = 3,
}
