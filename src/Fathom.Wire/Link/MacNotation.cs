namespace Fathom.Wire.Link;

/// <summary>A way to write a MAC address.</summary>
public enum MacNotation
{
    /// <summary>00:00:5e:00:53:01, as Linux and macOS show it.</summary>
    Colon,

    /// <summary>00-00-5E-00-53-01, as IEEE 802 and Windows show it.</summary>
    Hyphen,

    /// <summary>0000.5e00.5301, as Cisco shows it.</summary>
    Dot,

    /// <summary>00005e005301.</summary>
    Bare,
}
