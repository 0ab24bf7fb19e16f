namespace Luck;

/// <summary>How an end of a connection means to finish.</summary>
internal enum Ending
{
    /// <summary>It closes for writing once all is written, and reads to the end (half-close).</summary>
    HalfClose,

    /// <summary>It writes all, reads to the end, then closes.</summary>
    CloseAfterRead,

    /// <summary>It aborts once it has written and read so much; where it does not come to that, it closes as with a half-close.</summary>
    Abort,
}
