namespace Fathom.Wire.Capture;

/// <summary>Which of a pcap record's two lengths comes first.</summary>
internal enum PcapLengthOrder : byte
{
    /// <summary>Kept, then original, as since version 2.4.</summary>
    Usual = 0,

    /// <summary>Original, then kept, as before version 2.3.</summary>
    Swapped,

    /// <summary>Version 2.3, written in both ways: the smaller is what was kept.</summary>
    PerhapsSwapped,
}
