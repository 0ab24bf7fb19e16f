using Fathom.Wire.Internet;

namespace Packetdrill.Language;

/// <summary>What a script says of the IP header; what is null is not said.</summary>
internal readonly record struct IpSpec
{
    /// <summary>The ECN field.</summary>
    public Ecn? Ecn { get; init; }

    /// <summary>"ect01": one of the two ECN-capable values.</summary>
    public bool IsEitherCapable { get; init; }

    /// <summary>The whole octet: DSCP and ECN.</summary>
    public byte? TrafficClass { get; init; }

    /// <summary>TTL or hop limit.</summary>
    public byte? HopLimit { get; init; }

    /// <summary>IPv6's flow label.</summary>
    public uint? FlowLabel { get; init; }
}
