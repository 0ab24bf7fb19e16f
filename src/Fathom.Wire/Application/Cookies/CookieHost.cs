using Fathom.Wire.Internet;

namespace Fathom.Wire.Application.Cookies;

/// <summary>Hosts and schemes as cookies see them.</summary>
internal static class CookieHost
{
    /// <summary>Lower case, no brackets (RFC 6265bis §5.1.2; conversion to A-labels is the URL's). A trailing dot stays: "example.org." is another host.</summary>
    public static string Canonicalize(string host) => host.Trim('[', ']').ToLowerInvariant();

    public static bool IsSecureScheme(string scheme) => scheme.Equals("https", StringComparison.OrdinalIgnoreCase) || scheme.Equals("wss", StringComparison.OrdinalIgnoreCase);

    /// <summary>The host is this machine (RFC 6761 §6.3, RFC 1122 §3.2.1.3): nobody in between can listen.</summary>
    public static bool IsLoopback(string host)
    {
        if (host == "localhost" || host.EndsWith(".localhost", StringComparison.Ordinal)) return true;
        return IpAddress.TryParse(host, out var address) && (address == IpAddress.LoopbackV6 || (address.Version == IpVersion.V4 && address.ToBytes()[0] == 127));
    }
}
