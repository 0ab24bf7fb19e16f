namespace Fathom.Wire.Capture;

/// <summary>Which way a packet crossed the capturing interface: the values of pcapng's flags word.</summary>
public enum PacketDirection : byte
{
    /// <summary>Not known.</summary>
    Unknown = 0,

    /// <summary>To the capturing host.</summary>
    Inbound = 1,

    /// <summary>From the capturing host.</summary>
    Outbound = 2,
}
