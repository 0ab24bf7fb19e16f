using System.Numerics;
using Fathom.Wire.Application.Dhcp;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Application.Dhcp;

/// <summary>What a server's message says, read once and checked.</summary>
internal sealed class DhcpAnswer
{
    // RFC 2131 §3.3: all ones are for ever.
    private const uint Infinite = uint.MaxValue;

    // Routes and resolvers that are taken at most: a server that sends more means no good.
    private const int MaxRoutes = 64;
    private const int MaxServers = 8;

    // A split option may be longer than 255 octets (RFC 3396); more than a message of Ethernet cannot carry.
    private const int MaxOptionLength = 1024;

    private byte[] _domainName = [];

    public DhcpMessageType Type { get; private set; }

    public IpAddress Address { get; private set; }

    public IpAddress Server { get; private set; }

    public int PrefixLength { get; private set; }

    public IReadOnlyList<(IpPrefix Prefix, IpAddress? Router)> Routes { get; private set; } = [];

    public List<IpAddress> DnsServers { get; } = [];

    public ushort Mtu { get; private set; }

    private uint LeaseSeconds { get; set; }

    private uint RenewSeconds { get; set; }

    private uint RebindSeconds { get; set; }

    public static DhcpAnswer Read(in DhcpMessage message)
    {
        var answer = new DhcpAnswer { Type = message.MessageType, Address = message.YourAddress };
        List<IpAddress> routers = [];
        uint mask = 0;
        foreach (var option in message.EnumerateOptions())
        {
            switch (option.Code)
            {
                case DhcpOptionCode.ServerIdentifier when option.TryGetAddress(out var server):
                    answer.Server = server;
                    break;
                case DhcpOptionCode.LeaseTime when option.TryGetUInt32(out var lease):
                    answer.LeaseSeconds = lease;
                    break;
                case DhcpOptionCode.RenewalTime when option.TryGetUInt32(out var renew):
                    answer.RenewSeconds = renew;
                    break;
                case DhcpOptionCode.RebindingTime when option.TryGetUInt32(out var rebind):
                    answer.RebindSeconds = rebind;
                    break;
                case DhcpOptionCode.SubnetMask when option.TryGetUInt32(out var told):
                    mask = told;
                    break;
                case DhcpOptionCode.InterfaceMtu when option.TryGetUInt16(out var mtu):
                    answer.Mtu = mtu;
                    break;
                case DhcpOptionCode.Router:
                    Take(option, routers);
                    break;
                case DhcpOptionCode.DomainNameServer:
                    Take(option, answer.DnsServers);
                    break;
                case DhcpOptionCode.DomainName:
                    answer._domainName = option.Data.ToArray();
                    break;
            }
        }

        answer.PrefixLength = PrefixLengthOf(mask, answer.Address);
        answer.Routes = RoutesOf(message, routers);
        return answer;
    }

    /// <summary>True for an offer or a grant that a host can use: a server that says who it is, a host's address, a time.</summary>
    public bool IsUsable => !Server.IsUnspecified && LeaseSeconds > 0 && !Address.IsUnspecified && !Address.IsMulticast && !Address.IsLoopback && (uint)Address.Value >> 28 != 0xF;

    /// <summary>The lease, its times counted from when it was asked for (RFC 2131 §4.4.5).</summary>
    public DhcpLease ToLease(TimeSpan askedAt)
    {
        var isForever = LeaseSeconds == Infinite;
        var lease = TimeSpan.FromSeconds(LeaseSeconds);

        // RFC 2131 §4.4.5: T1 half of the lease and T2 seven eighths, unless the server has better; T1 is before T2, T2 before the end.
        var rebind = RebindSeconds > 0 && RebindSeconds < LeaseSeconds ? TimeSpan.FromSeconds(RebindSeconds) : lease * 0.875;
        var renew = RenewSeconds > 0 && TimeSpan.FromSeconds(RenewSeconds) < rebind ? TimeSpan.FromSeconds(RenewSeconds) : lease * 0.5 < rebind ? lease * 0.5 : rebind * 0.5;
        return new DhcpLease(Address, PrefixLength, Server, Routes, DnsServers, _domainName, Mtu, askedAt + renew, askedAt + rebind, isForever ? null : askedAt + lease);
    }

    private static void Take(in DhcpOption option, List<IpAddress> addresses)
    {
        for (var i = 0; i < option.AddressCount && addresses.Count < MaxServers; i++) addresses.Add(option.GetAddress(i));
    }

    // A mask with holes is none.
    private static int PrefixLengthOf(uint mask, IpAddress address)
    {
        var ones = BitOperations.LeadingZeroCount(~mask);
        if (mask != 0 && BitOperations.PopCount(mask) == ones) return ones;
        return ((uint)address.Value >> 28) switch { < 8 => 8, < 12 => 16, _ => 24 };
    }

    // RFC 3442: where there is a list of classless routes, the routers are not looked at.
    private static List<(IpPrefix Prefix, IpAddress? Router)> RoutesOf(in DhcpMessage message, List<IpAddress> routers)
    {
        var routes = new List<(IpPrefix, IpAddress?)>();
        Span<byte> octets = stackalloc byte[MaxOptionLength];
        if (message.TryGetOption(DhcpOptionCode.ClasslessStaticRoute, octets, out var length))
        {
            var walk = new DhcpRouteEnumerator(octets[..length]);
            while (routes.Count < MaxRoutes && walk.MoveNext()) routes.Add((new IpPrefix(walk.Destination, walk.PrefixLength), walk.Router.IsUnspecified ? null : walk.Router));
            return routes;
        }

        // RFC 2132 §3.5: the best first; the others are for who looks into the lease.
        if (routers.Count > 0) routes.Add((new IpPrefix(IpAddress.AnyV4, 0), routers[0]));
        return routes;
    }
}
