namespace Fathom.Stack.Link;

/// <summary>Work that an interface's device or driver takes over.</summary>
[Flags]
public enum InterfaceOffloads : byte
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>It fills in TCP and UDP checksums of packets marked <see cref="Buffers.ChecksumState.Partial"/>, or its other end does not look at them.</summary>
    Checksum = 1,

    /// <summary>It takes TCP packets over IPv4 of up to 65,535 octets and cuts them into segments.</summary>
    SegmentationV4 = 2,

    /// <summary>The same over IPv6.</summary>
    SegmentationV6 = 4,
}
