namespace Fathom.Wire.Dissection;

/// <summary>The protocols that have DNS's form.</summary>
internal enum DnsFlavor
{
    /// <summary>DNS itself (RFC 1035).</summary>
    Unicast,

    /// <summary>Multicast DNS (RFC 6762): the top bit of a class says something else.</summary>
    Multicast,

    /// <summary>LLMNR (RFC 4795): the header has other flags.</summary>
    LinkLocal,
}
