using Fathom.Wire.Application.Dhcp;
using Fathom.Wire.Internet;

namespace Fathom.Services.Application.Dhcp;

/// <summary>Answers DHCP messages, without I/O (RFC 2131 §4.3).</summary>
internal sealed class DhcpResponder(DhcpServerOptions options, IpAddress server, IpPrefix subnet, LeaseTable leases)
{
    // RFC 2131 §4.1.
    private const ushort ServerPort = 67;
    private const ushort ClientPort = 68;

    // RFC 3046 §2.0: the options of a relay fit into one option.
    private const int MaximumOption = 255;

    private static readonly IpAddress All = IpAddress.FromV4(uint.MaxValue);

    /// <summary>Answers the octets of a message.</summary>
    /// <returns>The answer, or null where none is due.</returns>
    public DhcpReply? Respond(ReadOnlySpan<byte> octets)
    {
        if (!DhcpMessage.TryRead(octets, out var message, out _) || message.Operation != DhcpOperation.Request || !ClientIdentity.TryRead(message, out var client)) return null;

        // A relay's address says which link the client is on (RFC 2131 §4.3.1); this server has one.
        if (!message.RelayAddress.IsUnspecified && !subnet.Contains(message.RelayAddress)) return null;
        var wanted = AddressIn(message, DhcpOptionCode.RequestedAddress);
        var chosen = AddressIn(message, DhcpOptionCode.ServerIdentifier);
        switch (message.MessageType)
        {
            case DhcpMessageType.Discover:
                return leases.TryOffer(client, wanted, out var offered) ? Grant(message, DhcpMessageType.Offer, offered) : null;
            case DhcpMessageType.Request:
                return RespondToRequest(message, client, wanted, chosen);
            case DhcpMessageType.Decline when chosen == server && wanted is { } used:
                leases.Decline(client, used);
                return null;
            case DhcpMessageType.Release when chosen == server:
                leases.Free(client, message.ClientAddress);
                return null;
            case DhcpMessageType.Inform when subnet.Contains(message.ClientAddress):
                // RFC 2131 §4.3.5: to the client's address, without a lease.
                return new DhcpReply(Reply(message, OptionsFor(message, DhcpMessageType.Ack, null)) with { ClientAddress = message.ClientAddress }, message.ClientAddress, ClientPort, null);
            default:
                return null;
        }
    }

    // RFC 2131 §4.3.2: which question it is, the fields that are there tell.
    private DhcpReply? RespondToRequest(in DhcpMessage message, ClientIdentity client, IpAddress? wanted, IpAddress? chosen)
    {
        if (chosen is { } named)
        {
            if (named != server)
            {
                leases.Withdraw(client);
                return null;
            }

            return wanted is { } taken && leases.TryBind(client, taken) ? Grant(message, DhcpMessageType.Ack, taken) : Refuse(message, "the address is not yours to have");
        }

        var isExtension = !message.ClientAddress.IsUnspecified;
        var address = isExtension ? message.ClientAddress : wanted;
        if (address is not { } asked) return null;
        if (!subnet.Contains(asked)) return Refuse(message, "the address is of another network");

        // Who is not known here may be known to another server: silence (RFC 2131 §4.3.2, INIT-REBOOT).
        if (!leases.TryFind(client, out var known)) return null;
        return known == asked && leases.TryBind(client, asked) ? Grant(message, DhcpMessageType.Ack, asked) : Refuse(message, "the address is another client's, or its time is over");
    }

    private DhcpReply Grant(in DhcpMessage message, DhcpMessageType type, IpAddress address)
    {
        var reply = Reply(message, OptionsFor(message, type, options.LeaseTime)) with
        {
            YourAddress = address,

            // RFC 2131 §4.3.1, table 3.
            ClientAddress = type == DhcpMessageType.Ack ? message.ClientAddress : IpAddress.AnyV4,
        };
        if (!message.RelayAddress.IsUnspecified) return new DhcpReply(reply, message.RelayAddress, ServerPort, null);
        if (!message.ClientAddress.IsUnspecified) return new DhcpReply(reply, message.ClientAddress, ClientPort, null);
        return message.Broadcast ? new DhcpReply(reply, All, ClientPort, null) : new DhcpReply(reply, address, ClientPort, message.ClientMac);
    }

    private DhcpReply Refuse(in DhcpMessage message, string why)
    {
        var list = new DhcpOptionList().Add(DhcpMessageType.Nak).Add(DhcpOptionCode.ServerIdentifier, server).Add(DhcpOptionCode.Message, why);
        AddEchoes(message, list);

        // RFC 2131 §4.1, §4.3.2: to all, since the client's address may be of no use here; a relay is asked to do the same.
        var reply = Reply(message, list);
        return message.RelayAddress.IsUnspecified ? new DhcpReply(reply, All, ClientPort, null) : new DhcpReply(reply with { Broadcast = true }, message.RelayAddress, ServerPort, null);
    }

    private static DhcpHeader Reply(in DhcpMessage message, DhcpOptionList list) => new()
    {
        Operation = DhcpOperation.Reply,
        TransactionId = message.TransactionId,
        Broadcast = message.Broadcast,
        RelayAddress = message.RelayAddress,
        ClientMac = message.ClientMac!.Value,
        Options = list,
    };

    // RFC 2131 §4.3.1, table 3. What the client did not ask for it does not get, unless it asked for nothing in particular.
    private DhcpOptionList OptionsFor(in DhcpMessage message, DhcpMessageType type, TimeSpan? lease)
    {
        var list = new DhcpOptionList().Add(type).Add(DhcpOptionCode.ServerIdentifier, server);
        if (lease is { } span)
        {
            list.Add(DhcpOptionCode.LeaseTime, Seconds(span));
            list.Add(DhcpOptionCode.RenewalTime, Seconds(span * 0.5));
            list.Add(DhcpOptionCode.RebindingTime, Seconds(span * 0.875));
        }

        Span<byte> asked = stackalloc byte[MaximumOption];
        var asksForAll = !message.TryGetOption(DhcpOptionCode.ParameterRequestList, asked, out var count) || count == 0;
        var wanted = asked[..(asksForAll ? 0 : count)];
        bool Wants(ReadOnlySpan<byte> codes, DhcpOptionCode code) => asksForAll || codes.Contains((byte)code);

        // RFC 2132 §3.3: the mask stands before the routers.
        if (Wants(wanted, DhcpOptionCode.SubnetMask)) list.Add(DhcpOptionCode.SubnetMask, subnet.Netmask);
        var routers = options.Routers ?? [server];
        if (routers.Count > 0 && Wants(wanted, DhcpOptionCode.Router)) list.Add(DhcpOptionCode.Router, [.. routers]);
        if (options.DnsServers.Count > 0 && Wants(wanted, DhcpOptionCode.DomainNameServer)) list.Add(DhcpOptionCode.DomainNameServer, [.. options.DnsServers]);
        if (options.DomainName is { Length: > 0 } domain && Wants(wanted, DhcpOptionCode.DomainName)) list.Add(DhcpOptionCode.DomainName, domain);
        if (options.Mtu is { } mtu && Wants(wanted, DhcpOptionCode.InterfaceMtu)) list.Add(DhcpOptionCode.InterfaceMtu, mtu);
        AddEchoes(message, list);
        return list;
    }

    // RFC 6842 §3: the client's identifier; RFC 3046 §2.2: what a relay added, last.
    private static void AddEchoes(in DhcpMessage message, DhcpOptionList list)
    {
        Span<byte> octets = stackalloc byte[MaximumOption];
        if (message.TryGetOption(DhcpOptionCode.ClientIdentifier, octets, out var length)) list.Add(DhcpOptionCode.ClientIdentifier, octets[..length]);
        if (message.TryGetOption(DhcpOptionCode.RelayAgentInformation, octets, out length)) list.Add(DhcpOptionCode.RelayAgentInformation, octets[..length]);
    }

    private static IpAddress? AddressIn(in DhcpMessage message, DhcpOptionCode code)
    {
        foreach (var option in message.EnumerateOptions())
        {
            if (option.Code == code && option.TryGetAddress(out var address)) return address;
        }

        return null;
    }

    private static uint Seconds(TimeSpan span) => (uint)Math.Clamp(span.TotalSeconds, 1, uint.MaxValue);
}
