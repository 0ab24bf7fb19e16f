namespace Fathom.Wire.Internet;

/// <summary>Explicit congestion notification, the low two bits of the traffic class (RFC 3168 §5).</summary>
public enum Ecn : byte
{
    /// <summary>Not ECN-capable.</summary>
    NotCapable = 0,

    /// <summary>ECN-capable, ECT(1).</summary>
    Capable1 = 1,

    /// <summary>ECN-capable, ECT(0).</summary>
    Capable0 = 2,

    /// <summary>Congestion experienced.</summary>
    CongestionExperienced = 3,
}
