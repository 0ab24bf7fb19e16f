using Fathom.Stack.Link;
using Fathom.Wire.Internet;
using Fathom.Wire.Link;

namespace Fathom.Stack.Internet;

/// <summary>Neighbor solicitations, advertisements and redirects (RFC 4861 §7 and §8, RFC 4862 §5.4, RFC 7527).</summary>
internal sealed class NeighborDiscovery(IpLayer ip, StackRandom random)
{
    // RFC 4861 §7.1: only a packet that no router has passed on.
    public const byte HopLimit = 255;

    private const int LinkLayerOptionLength = 8;
    private const int NonceLength = 6;
    private static readonly IpAddress AllNodes = IpAddress.Parse("ff02::1");

    public void TakeSolicitation(in Icmpv6Message message, in Arrival arrival)
    {
        if (!NeighborSolicitation.TryRead(message.Bytes, out var solicitation, out _) || solicitation.Target.IsMulticast) return;
        var on = arrival.Interface;
        var target = Zones.On(solicitation.Target, on);
        var mac = LinkLayerAddress(solicitation.EnumerateOptions(), NdOptionType.SourceLinkLayerAddress);

        // RFC 4861 §7.1.1: who has no address asks the target's group, and tells no MAC address.
        var isProbe = arrival.Source.IsUnspecified;
        if (isProbe && (mac is not null || arrival.Destination.WithZone(0) != MulticastMapping.SolicitedNode(target))) return;
        if (!ip.Addresses.TryFind(target, out var local) || local.Interface != on) return;
        if (!local.IsUsable)
        {
            // RFC 4862 §5.4.3: another host wants the same address at the same time; RFC 7527 §4.2: unless it is this host's own question that came back.
            if (isProbe && local.State == AddressState.Tentative && !IsOwnNonce(local, solicitation.EnumerateOptions())) local.Guard?.NoteConflict(null, arrival.At);
            return;
        }

        if (!isProbe && mac is { } told) on.Neighbors?.Learn(arrival.Source, told, isRouter: false, arrival.At);
        Advertise(on, local.Address, isProbe ? Zones.On(AllNodes, on) : arrival.Source, isSolicited: !isProbe, arrival.At);
    }

    public void TakeAdvertisement(in Icmpv6Message message, in Arrival arrival)
    {
        if (!NeighborAdvertisement.TryRead(message.Bytes, out var advertisement, out _) || advertisement.Target.IsMulticast) return;

        // RFC 4861 §7.1.2: nobody has asked on behalf of a group.
        if (arrival.Destination.IsMulticast && advertisement.Solicited) return;
        var on = arrival.Interface;
        var target = Zones.On(advertisement.Target, on);
        var mac = LinkLayerAddress(advertisement.EnumerateOptions(), NdOptionType.TargetLinkLayerAddress);
        if (ip.Addresses.TryFind(target, out var local) && local.Interface == on)
        {
            local.Guard?.NoteConflict(mac, arrival.At);
            return;
        }

        on.Neighbors?.TakeAnswer(target, mac, advertisement.Solicited, advertisement.Override, advertisement.Router, arrival.At);
    }

    public void TakeRedirect(in Icmpv6Message message, in Arrival arrival)
    {
        // RFC 4861 §8.1.
        if (!arrival.Source.IsLinkLocal || !NeighborRedirect.TryRead(message.Bytes, out var redirect, out _) || redirect.Destination.IsMulticast) return;
        var on = arrival.Interface;
        var (target, destination) = (Zones.On(redirect.Target, on), Zones.On(redirect.Destination, on));
        if (!ip.Redirects.Take(arrival.Source, destination, target, on, arrival.At)) return;
        var mac = LinkLayerAddress(redirect.EnumerateOptions(), NdOptionType.TargetLinkLayerAddress);
        if (mac is { } told) on.Neighbors?.Learn(target, told, isRouter: target != destination, arrival.At);
    }

    /// <summary>Asks for a neighbor's MAC address, or whether it is still there.</summary>
    public void Solicit(NetworkInterface on, IpAddress source, IpAddress target, bool isToAll, TimeSpan now)
    {
        var destination = isToAll ? Zones.On(MulticastMapping.SolicitedNode(target), on) : target;
        var buffer = ip.Pool.Rent(NeighborSolicitation.FixedLength + LinkLayerOptionLength);
        var bytes = buffer.Append(NeighborSolicitation.FixedLength + LinkLayerOptionLength);
        NdOptionWriter.WriteLinkLayerAddress(bytes[NeighborSolicitation.FixedLength..], NdOptionType.SourceLinkLayerAddress, on.HardwareAddress!.Value);
        new NeighborSolicitationHeader(target).WriteTo(bytes, source, destination);
        ip.SendOnLink(buffer, on, source, destination, IpProtocol.Icmpv6, now);
    }

    /// <summary>Asks whether another host has an address that this one wants (RFC 4862 §5.4.2), with a nonce to know the question by (RFC 7527 §4.1).</summary>
    public void Probe(LocalAddress wanted, TimeSpan now)
    {
        var on = wanted.Interface;
        wanted.Nonce ??= new byte[NonceLength];
        random.Fill(wanted.Nonce);
        var destination = Zones.On(MulticastMapping.SolicitedNode(wanted.Address), on);
        var buffer = ip.Pool.Rent(NeighborSolicitation.FixedLength + LinkLayerOptionLength);
        var bytes = buffer.Append(NeighborSolicitation.FixedLength + LinkLayerOptionLength);
        NdOptionWriter.WriteNonce(bytes[NeighborSolicitation.FixedLength..], wanted.Nonce);
        new NeighborSolicitationHeader(wanted.Address).WriteTo(bytes, IpAddress.AnyV6, destination);
        ip.SendOnLink(buffer, on, IpAddress.AnyV6, destination, IpProtocol.Icmpv6, now);
    }

    /// <summary>The MAC address in an option of a message; null where there is none.</summary>
    public static MacAddress? LinkLayerAddress(NdOptionEnumerator options, NdOptionType type)
    {
        foreach (var option in options)
        {
            if (option.Type == type && option.TryGetLinkLayerAddress(out var mac) && !mac.IsGroup) return mac;
        }

        return null;
    }

    private void Advertise(NetworkInterface on, IpAddress target, IpAddress destination, bool isSolicited, TimeSpan now)
    {
        var buffer = ip.Pool.Rent(NeighborAdvertisement.FixedLength + LinkLayerOptionLength);
        var bytes = buffer.Append(NeighborAdvertisement.FixedLength + LinkLayerOptionLength);
        NdOptionWriter.WriteLinkLayerAddress(bytes[NeighborAdvertisement.FixedLength..], NdOptionType.TargetLinkLayerAddress, on.HardwareAddress!.Value);
        new NeighborAdvertisementHeader(target, Router: ip.Settings.Forwarding, Solicited: isSolicited, Override: true).WriteTo(bytes, target, destination);
        ip.SendOnLink(buffer, on, target, destination, IpProtocol.Icmpv6, now);
    }

    private static bool IsOwnNonce(LocalAddress local, NdOptionEnumerator options)
    {
        foreach (var option in options)
        {
            if (option.TryGetNonce(out var nonce)) return local.Nonce is { } own && nonce.SequenceEqual(own);
        }

        return false;
    }
}
