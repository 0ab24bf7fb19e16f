using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>Takes those messages of ICMPv6 that are about a link: neighbor discovery and listener discovery.</summary>
internal interface IIcmpv6Machine
{
    /// <summary>Takes a message whose checksum is right.</summary>
    /// <param name="message">The message.</param>
    /// <param name="arrival">What is known of its packet.</param>
    void Receive(in Icmpv6Message message, in Arrival arrival);
}
