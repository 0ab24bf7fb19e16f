using Fathom.Hosts.Internet;
using Fathom.Wire.Internet;

namespace Fathom.Probes.Internet.Path;

/// <summary>Makes hops of what came back.</summary>
internal static class HopAnswers
{
    /// <summary>Nothing came.</summary>
    public static PathHop Silent(byte limit) => new(limit, null, null, IcmpMeaning.Other, null, false);

    /// <summary>The destination itself answered.</summary>
    public static PathHop Arrived(byte limit, IpAddress from, TimeSpan after, byte? hopLimitLeft = null)
        => new(limit, from, NotNegative(after), IcmpMeaning.Other, null, true) { HopLimitLeft = hopLimitLeft };

    /// <summary>An error came.</summary>
    /// <param name="limit">The probe's hop limit.</param>
    /// <param name="error">The error.</param>
    /// <param name="after">From sending to the error.</param>
    /// <param name="destination">Where the probe was going.</param>
    /// <param name="own">This host's addresses.</param>
    /// <param name="isTcp">A closed UDP port at the destination is an arrival; to a TCP SYN the same message is a firewall's word.</param>
    public static PathHop OfError(byte limit, NetworkError error, TimeSpan after, IpAddress destination, IReadOnlyCollection<IpAddress> own, bool isTcp)
    {
        var meaning = error.GetMeaning(own);
        var arrived = meaning == IcmpMeaning.PortUnreachable && !isTcp && error.Reporter?.WithZone(0) == destination.WithZone(0);
        return new PathHop(limit, error.Reporter, NotNegative(after), meaning, error, arrived) { HopLimitLeft = error.HopLimit };
    }

    // The kernel's stamp and this program's clock may be some microseconds apart.
    private static TimeSpan NotNegative(TimeSpan time) => time < TimeSpan.Zero ? TimeSpan.Zero : time;
}
