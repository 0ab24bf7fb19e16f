namespace Fathom.Wire.Capture;

/// <summary>Reads one file format.</summary>
internal interface ICaptureFileReader
{
    /// <summary>Why the file could not be read further, or no error.</summary>
    CaptureError Error { get; }

    /// <summary>Goes to the next packet.</summary>
    /// <param name="mayRead">False: only what the buffer holds is looked at, and nothing in it moves.</param>
    /// <param name="head">The packet.</param>
    CaptureStep Step(bool mayRead, ref RecordHead head);
}
