namespace Fathom.Wire.Explanation;

/// <summary>The four layers of the TCP/IP model (RFC 1122 §1.1.3).</summary>
public enum ModelLayer : byte
{
    /// <summary>Frames on one link.</summary>
    Link = 0,

    /// <summary>Packets across networks.</summary>
    Internet,

    /// <summary>Segments and datagrams between processes.</summary>
    Transport,

    /// <summary>What the processes say.</summary>
    Application,
}
