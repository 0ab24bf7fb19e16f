using Fathom.Hosts.Os.Linux.Native;
using Fathom.Wire.Transport;

namespace Fathom.Hosts.Os.Linux.Internet;

/// <summary>The destinations of a batch as socket addresses.</summary>
internal static class DestinationNames
{
    /// <summary>Writes them, each in <see cref="SocketAddress.MaximumLength"/> octets.</summary>
    /// <param name="destinations">Destinations of one version.</param>
    /// <param name="length">The octets used of each.</param>
    public static byte[] Write(ReadOnlySpan<IpEndpoint> destinations, out int length)
    {
        length = 0;
        var names = new byte[destinations.Length * SocketAddress.MaximumLength];
        for (var i = 0; i < destinations.Length; i++) length = SocketAddress.Write(names.AsSpan(i * SocketAddress.MaximumLength), destinations[i]);
        return names;
    }
}
