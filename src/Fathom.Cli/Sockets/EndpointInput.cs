using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Cli.Sockets;

/// <summary>Endpoints as they are written on the command line.</summary>
internal static class EndpointInput
{
    /// <summary>
    /// Reads where to listen: "PORT", "ADDRESS:PORT", "[IPV6]:PORT". Without an address all of both versions are meant.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="transport">"tcp" or "udp", for registered names.</param>
    /// <param name="version">Only this version, or null.</param>
    /// <param name="endpoints">One or two endpoints.</param>
    /// <param name="fault">What is wrong, where false.</param>
    public static bool TryParseLocal(string text, string transport, IpVersion? version, out IReadOnlyList<IpEndpoint> endpoints, out string fault)
    {
        endpoints = [];
        fault = $"'{text}': expected PORT, ADDRESS:PORT or [IPV6]:PORT, with a port from 0 to 65535 or a registered name";
        var (host, port) = Split(text);
        if (!PortRegistry.TryParse(port ?? host!, transport, out var number)) return false;
        if (port is null || host is "" or "*")
        {
            endpoints = version switch
            {
                IpVersion.V4 => [new(IpAddress.AnyV4, number)],
                IpVersion.V6 => [new(IpAddress.AnyV6, number)],
                _ => [new(IpAddress.AnyV4, number), new(IpAddress.AnyV6, number)],
            };
            return true;
        }

        if (!IpAddress.TryParse(host, out var address))
        {
            if (!string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase))
            {
                fault = $"'{host}' is no IP address: expected an address of this machine, or none for all";
                return false;
            }

            address = version == IpVersion.V6 ? IpAddress.LoopbackV6 : IpAddress.LoopbackV4;
        }

        if (version is { } wanted && address.Version != wanted)
        {
            fault = $"'{host}' is not an IPv{(int)wanted} address, which -{(int)wanted} asks for";
            return false;
        }

        endpoints = [new(address, number)];
        return true;
    }

    /// <summary>Reads a peer: "HOST PORT" in two words, or "HOST:PORT" in one.</summary>
    /// <param name="host">The first word.</param>
    /// <param name="port">The second, or null.</param>
    /// <param name="transport">"tcp" or "udp", for registered names.</param>
    /// <param name="target">Host and port.</param>
    /// <param name="fault">What is wrong, where false.</param>
    public static bool TryParseRemote(string host, string? port, string transport, out (string Host, ushort Port) target, out string fault)
    {
        target = default;
        fault = string.Empty;
        var name = host;
        if (port is null)
        {
            (var before, port) = Split(host);
            name = before ?? string.Empty;
        }
        else if (host.StartsWith('[') && host.EndsWith(']'))
        {
            name = host[1..^1];
        }

        if (port is null || name.Length == 0)
        {
            fault = $"'{host}': expected HOST PORT or HOST:PORT ([IPV6]:PORT)";
            return false;
        }

        if (!PortRegistry.TryParse(port, transport, out var number) || number == 0)
        {
            fault = $"'{port}' is no port: expected a number from 1 to 65535 or a registered name such as https";
            return false;
        }

        target = (name, number);
        return true;
    }

    // "[::1]:80", "192.0.2.1:80", "::1" (an address, no port), "80" (no host).
    private static (string? Host, string? Port) Split(string text)
    {
        if (text.StartsWith('[') && text.IndexOf("]:", StringComparison.Ordinal) is > 0 and var end) return (text[1..end], text[(end + 2)..]);
        var colon = text.LastIndexOf(':');
        return colon < 0 || text.IndexOf(':', StringComparison.Ordinal) != colon ? (text, null) : (text[..colon], text[(colon + 1)..]);
    }
}
