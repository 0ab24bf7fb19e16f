using Fathom.Wire.Transport;

namespace Fathom.Wire.Dissection.Streams;

/// <summary>A TCP connection's name, the same for both directions.</summary>
/// <param name="Lower">The endpoint that sorts first.</param>
/// <param name="Upper">The other.</param>
internal readonly record struct ConnectionKey(IpEndpoint Lower, IpEndpoint Upper)
{
    /// <summary>Names the connection of a segment.</summary>
    /// <param name="source">Its sender.</param>
    /// <param name="destination">Its receiver.</param>
    /// <param name="isFromLower">True if the sender is <see cref="Lower"/>.</param>
    internal static ConnectionKey Of(IpEndpoint source, IpEndpoint destination, out bool isFromLower)
    {
        var order = source.Address.CompareTo(destination.Address);
        isFromLower = order != 0 ? order < 0 : source.Port <= destination.Port;
        return isFromLower ? new ConnectionKey(source, destination) : new ConnectionKey(destination, source);
    }
}
