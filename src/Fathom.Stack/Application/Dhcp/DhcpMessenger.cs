using Fathom.Stack.Internet;
using Fathom.Stack.Link;
using Fathom.Stack.Transport;
using Fathom.Wire.Application.Dhcp;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Stack.Application.Dhcp;

/// <summary>Writes and sends a client's messages from a socket of one interface, and hands what arrives on.</summary>
internal sealed class DhcpMessenger(UdpLayer udp, NetworkInterface on, DhcpClientOptions options)
{
    // RFC 2131 §4.1.
    private const ushort ServerPort = 67;
    private const ushort ClientPort = 68;

    // RFC 2132 §9.14: Ethernet.
    private const byte HardwareType = 1;

    private static readonly IpAddress All = IpAddress.FromV4(uint.MaxValue);

    private UdpSocket? _socket;

    /// <summary>Takes the messages that arrive.</summary>
    public required DhcpArrival Arrived { get; init; }

    public bool TryOpen()
    {
        if (!udp.TryOpen(new IpEndpoint(IpAddress.AnyV4, ClientPort), on, out _socket, out _)) return false;
        _socket.Arrived = Receive;
        return true;
    }

    public void Close() => _socket?.Close();

    /// <summary>Sends to all, from no address where the client has none.</summary>
    public void Broadcast(DhcpMessageType type, uint transaction, ushort seconds, IpAddress client, IpAddress server, IpAddress requested)
        => Send(type, transaction, seconds, client, server, requested, new IpPath(client, All, on, All));

    /// <summary>Sends to a server alone, from the address that the client has.</summary>
    public void SendUnicast(DhcpMessageType type, uint transaction, ushort seconds, IpAddress client, IpAddress server, IpAddress requested, IpAddress to)
    {
        if (!udp.Ip.TryFindPath(to, client, out var path)) return;

        // A path of its own, since a release goes when the address is gone already.
        Send(type, transaction, seconds, client, server, requested, new IpPath(client, to, path.Interface, path.NextHop));
    }

    private void Send(DhcpMessageType type, uint transaction, ushort seconds, IpAddress client, IpAddress server, IpAddress requested, IpPath path)
    {
        var header = new DhcpHeader
        {
            Operation = DhcpOperation.Request,
            TransactionId = transaction,
            Seconds = seconds,

            // RFC 2131 §4.1: before it has an address this stack takes no packet to one, so that answers are to go to all.
            Broadcast = client.IsUnspecified && type is DhcpMessageType.Discover or DhcpMessageType.Request,

            // RFC 2131 §4.4.1, table 5: in a decline it is zero.
            ClientAddress = type == DhcpMessageType.Decline ? IpAddress.AnyV4 : client,
            ClientMac = on.HardwareAddress!.Value,
            Options = OptionsFor(type, server, requested),
        };
        var octets = new byte[header.Length];
        header.WriteTo(octets);
        _socket?.SendAlong(path, octets, ServerPort);
    }

    private DhcpOptionList OptionsFor(DhcpMessageType type, IpAddress server, IpAddress requested)
    {
        var list = new DhcpOptionList().Add(type);
        Span<byte> identifier = stackalloc byte[7];
        identifier[0] = HardwareType;
        on.HardwareAddress!.Value.WriteTo(identifier[1..]);
        list.Add(DhcpOptionCode.ClientIdentifier, identifier);
        if (!server.IsUnspecified) list.Add(DhcpOptionCode.ServerIdentifier, server);
        if (!requested.IsUnspecified) list.Add(DhcpOptionCode.RequestedAddress, requested);
        if (type is not (DhcpMessageType.Discover or DhcpMessageType.Request)) return list;
        if (options.HostName is { Length: > 0 } name) list.Add(DhcpOptionCode.HostName, name);
        list.Add(DhcpOptionCode.MaximumMessageSize, (ushort)Math.Min(on.Mtu, 1500));
        return list.AddRequestList(
            DhcpOptionCode.SubnetMask, DhcpOptionCode.ClasslessStaticRoute, DhcpOptionCode.Router, DhcpOptionCode.DomainNameServer, DhcpOptionCode.DomainName,
            DhcpOptionCode.InterfaceMtu, DhcpOptionCode.RenewalTime, DhcpOptionCode.RebindingTime);
    }

    private void Receive(UdpSocket socket)
    {
        var buffer = new byte[ushort.MaxValue];
        while (socket.TryReceive(buffer, out var received))
        {
            if (received.Error is null && received.Peer.Port == ServerPort) Arrived(buffer.AsSpan(0, received.Length), received.At);
        }
    }
}
