using Fathom.Wire.Internet;

namespace Fathom.Wire.Dissection;

/// <summary>A dissector of a protocol that is known by its first octets, on any port.</summary>
internal interface IRecognizingDissector : IApplicationDissector
{
    /// <summary>
    /// True if the payload begins as this protocol does, and hardly anything else: a wrong claim is worse than none.
    /// </summary>
    /// <param name="transport">TCP or UDP.</param>
    /// <param name="payload">The payload, not empty; it may be cut.</param>
    bool Recognizes(IpProtocol transport, ReadOnlySpan<byte> payload);
}
