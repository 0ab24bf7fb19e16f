namespace Fathom.Wire.Capture;

/// <summary>How a capture file is written.</summary>
public enum CaptureFormat : byte
{
    /// <summary>Not known: nothing was read yet, or the file is no capture.</summary>
    Unknown = 0,

    /// <summary>Classic pcap (draft-ietf-opsawg-pcap).</summary>
    Pcap,

    /// <summary>pcapng (draft-ietf-opsawg-pcapng).</summary>
    Pcapng,
}
