namespace Fathom.Wire.Capture;

/// <summary>Reads one file format.</summary>
internal interface ICaptureFileReader
{
    /// <summary>Reads the next packet; false at the end, with an error if that is damage.</summary>
    bool TryRead(out CapturedPacket? packet, out CaptureError error);
}
