namespace Fathom.Wire.Capture;

/// <summary>What a file says about one packet, and where the packet lies in the buffer.</summary>
internal struct RecordHead
{
    internal CaptureInterface Interface;
    internal long FileOffset;
    internal long UnixNanoseconds;
    internal int InterfaceId;
    internal int Offset;
    internal int Length;
    internal uint OriginalLength;
    internal int OptionsOffset;
    internal int OptionsLength;
    internal ushort Dropped;
    internal bool HasTime;
    internal bool HasDropped;
    internal bool IsBigEndian;
}
