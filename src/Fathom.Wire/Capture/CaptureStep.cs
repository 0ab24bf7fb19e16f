namespace Fathom.Wire.Capture;

/// <summary>What a step through a capture file came to.</summary>
internal enum CaptureStep : byte
{
    /// <summary>The file's end, or damage.</summary>
    End = 0,

    /// <summary>A packet.</summary>
    Record,

    /// <summary>The next record is not in the buffer, and nothing may be read now.</summary>
    Waits,
}
