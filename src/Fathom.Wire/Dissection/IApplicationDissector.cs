using Fathom.Wire.Internet;

namespace Fathom.Wire.Dissection;

/// <summary>Dissects what a transport carries, found by its port in <see cref="ApplicationDissectors"/>.</summary>
internal interface IApplicationDissector
{
    /// <summary>The layer's name: "dns".</summary>
    string Protocol { get; }

    /// <summary>The name in the packet's summary: "DNS".</summary>
    string Name { get; }

    /// <summary>Reads a payload.</summary>
    /// <param name="transport">TCP or UDP. A TCP payload is one segment's: it may begin or end inside a message.</param>
    /// <param name="payload">The payload, not empty; it may be cut.</param>
    /// <param name="layer">Takes the fields; their offsets count from the payload's first octet.</param>
    /// <param name="summary">The message in a few words: "query A shop.example". Nothing from the network unescaped.</param>
    /// <param name="fault">What is wrong with it, or no error.</param>
    /// <returns>False if the payload is not this protocol's: it is then shown as data, and what the layer took is dropped.</returns>
    bool TryDissect(IpProtocol transport, ReadOnlySpan<byte> payload, LayerWriter layer, out string summary, out WireError fault);
}
