using System.Globalization;
using System.Net.NetworkInformation;
using Fathom.Hosts.Os.Linux.Native;

namespace Fathom.Hosts.Os.Application;

/// <summary>The number of a zone (RFC 4007 §11.2): an interface's name or number.</summary>
internal static class ZoneNumber
{
    /// <summary>The number; 0 where there is no such interface.</summary>
    public static uint Of(ReadOnlySpan<char> text)
    {
        if (uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number;
        var name = text.ToString();
        if (OperatingSystem.IsLinux()) return Libc.InterfaceIndex(name);
        var found = Array.Find(NetworkInterface.GetAllNetworkInterfaces(), nic => nic.Name == name && nic.Supports(NetworkInterfaceComponent.IPv6));
        return (uint)(found?.GetIPProperties().GetIPv6Properties()?.Index ?? 0);
    }
}
