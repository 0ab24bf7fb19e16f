using System.Buffers.Binary;
using System.Globalization;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;
using Packetdrill.Language;

namespace Packetdrill.Playing;

/// <summary>Makes the ICMP messages that a router or the peer sends.</summary>
internal static class IcmpBuilder
{
    private static readonly Dictionary<string, byte> CodesV4 = new(StringComparer.Ordinal)
    {
        ["net_unreachable"] = 0,
        ["host_unreachable"] = 1,
        ["protocol_unreachable"] = 2,
        ["port_unreachable"] = 3,
        ["frag_needed"] = 4,
        ["source_route_failed"] = 5,
        ["net_unknown"] = 6,
        ["host_unknown"] = 7,
        ["source_host_isolated"] = 8,
        ["net_prohibited"] = 9,
        ["host_prohibited"] = 10,
        ["net_unreachable_for_tos"] = 11,
        ["host_unreachable_for_tos"] = 12,
        ["net_unreachable_tos"] = 11,
        ["host_unreachable_tos"] = 12,
        ["communication_prohibited"] = 13,
        ["packet_filtered"] = 13,
        ["host_precedence_violation"] = 14,
        ["precedence_violation"] = 14,
        ["precedence_cutoff"] = 15,
        ["in_transit"] = 0,
        ["reassembly"] = 1,
    };

    private static readonly Dictionary<string, byte> CodesV6 = new(StringComparer.Ordinal)
    {
        ["no_route"] = 0,
        ["net_unreachable"] = 0,
        ["admin_prohibited"] = 1,
        ["communication_prohibited"] = 1,
        ["beyond_scope"] = 2,
        ["not_neighbour"] = 2,
        ["not_neighbor"] = 2,
        ["address_unreachable"] = 3,
        ["host_unreachable"] = 3,
        ["port_unreachable"] = 4,
        ["policy_fail"] = 5,
        ["reject_route"] = 6,
        ["in_transit"] = 0,
        ["reassembly"] = 1,
    };

    /// <summary>Makes the packet; null with the reason where a word is not known.</summary>
    public static byte[]? Build(IcmpPacketAction action, IpEndpoint local, IpEndpoint peer, Flow? flow, out string reason)
    {
        var isV6 = local.Address.IsV6;
        reason = "";
        if (TypeOf(action.Type, isV6) is not { } type)
        {
            reason = $"the ICMP type {action.Type}";
            return null;
        }

        byte code = 0;
        if (action.Code is { } word && !byte.TryParse(Number(word, "code_"), NumberStyles.None, CultureInfo.InvariantCulture, out code) && !(isV6 ? CodesV6 : CodesV4).TryGetValue(word, out code))
        {
            reason = $"the ICMP code {word}";
            return null;
        }

        var rest = action.Mtu ?? (action.Identifier is { } identifier ? (uint)identifier << 16 : 0);
        var isEcho = isV6 ? type is 128 or 129 : type is 0 or 8;
        var quoted = isEcho ? [] : Quote(action, local, peer, flow);
        var message = new byte[IcmpMessage.HeaderLength + quoted.Length];
        quoted.CopyTo(message, IcmpMessage.HeaderLength);
        if (isV6) new Icmpv6Header((Icmpv6Type)type, code, rest).WriteTo(message, peer.Address, local.Address);
        else new IcmpHeader((IcmpType)type, code, rest).WriteTo(message);
        return PacketBuilder.Wrap(message, isV6 ? IpProtocol.Icmpv6 : IpProtocol.Icmp, peer.Address, local.Address, action.Ip);
    }

    private static byte? TypeOf(string word, bool isV6) => word switch
    {
        "unreachable" => isV6 ? (byte)1 : (byte)3,
        "packet_too_big" when isV6 => 2,
        "time_exceeded" => isV6 ? (byte)3 : (byte)11,
        "parameter_problem" or "param_problem" or "parameterprob" => isV6 ? (byte)4 : (byte)12,
        "echo_request" => isV6 ? (byte)128 : (byte)8,
        "echo_reply" => isV6 ? (byte)129 : (byte)0,
        "source_quench" when !isV6 => 4,
        "redirect" when !isV6 => 5,
        "timestamp_request" when !isV6 => 13,
        "timestamp_reply" when !isV6 => 14,
        "information_request" when !isV6 => 15,
        "information_reply" when !isV6 => 16,
        "address_mask_request" when !isV6 => 17,
        "address_mask_reply" when !isV6 => 18,
        _ => byte.TryParse(Number(word, "type_"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null,
    };

    // "type_255", "code_3": a number that has no name, written as one.
    private static string Number(string word, string prefix) => word.StartsWith(prefix, StringComparison.Ordinal) ? word[prefix.Length..] : word;

    // The packet that the endpoint sent, as a router quotes it: its header, and the first octets behind it; the length says what it was.
    private static byte[] Quote(IcmpPacketAction action, IpEndpoint local, IpEndpoint peer, Flow? flow)
    {
        if (action.QuotedDatagram is { } octets)
        {
            var datagram = new byte[UdpDatagram.HeaderLength + octets];
            new UdpHeader(local.Port, peer.Port).WriteTo(datagram, local.Address, peer.Address);
            return PacketBuilder.Wrap(datagram, IpProtocol.Udp, local.Address, peer.Address, default)[..(QuotedHeader(local) + UdpDatagram.HeaderLength)];
        }

        var sequence = action.Quoted ?? default;
        var segment = new byte[TcpSegment.MinHeaderLength + sequence.Length];
        BinaryPrimitives.WriteUInt16BigEndian(segment, local.Port);
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), peer.Port);
        BinaryPrimitives.WriteUInt32BigEndian(segment.AsSpan(4), flow?.ToLocal(sequence.First) ?? sequence.First);
        segment[12] = 5 << 4;
        segment[13] = (byte)TcpFlags.Ack;
        return PacketBuilder.Wrap(segment, IpProtocol.Tcp, local.Address, peer.Address, default)[..(QuotedHeader(local) + TcpSegment.MinHeaderLength)];
    }

    private static int QuotedHeader(IpEndpoint local) => local.Address.IsV6 ? Ipv6Packet.HeaderLength : Ipv4Packet.MinHeaderLength;
}
