using Fathom.Wire.Application.Dhcp;
using Fathom.Wire.Application.Dhcpv6;
using Fathom.Wire.Application.Dns;
using Fathom.Wire.Application.Ntp;
using Fathom.Wire.Application.Quic;
using Fathom.Wire.Application.Tls;
using Values = System.Collections.Generic.Dictionary<string, object>;

namespace Fathom.Wire.Tests.Dissection;

/// <summary>Every view of the application layer.</summary>
internal static class ApplicationViewCases
{
    internal static IEnumerable<ViewCase> All() => [.. TlsCases(), .. DhcpCases(), .. NtpCases(), .. OtherCases()];

    private static IEnumerable<ViewCase> TlsCases()
    {
        var record = ApplicationSamples.ClientHelloRecord;
        yield return new("TLS record", [.. TlsRecord.Layout], record, record.Length, true, static bytes =>
            !TlsRecord.TryRead(bytes, out var v, out var e) ? (null, e) : (new Values { ["contentType"] = v.ContentType, ["version"] = v.Version, ["length"] = v.Length }, e), "contentType", "version", "length");
        yield return new("TLS handshake", [.. TlsHandshakeMessage.Layout], record[5..], record.Length - 5, true, static bytes =>
            !TlsHandshakeMessage.TryRead(bytes, out var v, out var e) ? (null, e) : (new Values { ["handshakeType"] = v.Type, ["handshakeLength"] = v.Length }, e), "handshakeLength");

        // Without extensions: a hello that is cut exactly before them is whole (RFC 5246 §7.4.1.2).
        yield return new("TLS ClientHello", [.. TlsClientHello.Layout], ApplicationSamples.ClientHello[..81], 81, false, static bytes =>
            !TlsClientHello.TryRead(bytes, out var v, out var e) ? (null, e) : (new Values { ["legacyVersion"] = v.LegacyVersion, ["random"] = Convert.ToHexString(v.Random), ["sessionIdLength"] = v.SessionId.Length }, e), "sessionIdLength");
        yield return new("TLS ServerHello", [.. TlsServerHello.Layout], ApplicationSamples.ServerHello[..40], 40, false, static bytes =>
            !TlsServerHello.TryRead(bytes, out var v, out var e) ? (null, e) : (new Values { ["legacyVersion"] = v.LegacyVersion, ["random"] = Convert.ToHexString(v.Random), ["sessionIdLength"] = v.SessionId.Length }, e), "sessionIdLength", "legacyVersion");
        yield return new("SSL 2.0 ClientHello", [.. Ssl2ClientHello.Layout], ApplicationSamples.Ssl2Hello, ApplicationSamples.Ssl2Hello.Length, true, static bytes =>
            !Ssl2ClientHello.TryRead(bytes, out var v, out var e) ? (null, e) : (new Values
            {
                ["isTwoOctetHeader"] = true,
                ["length"] = v.Length,
                ["messageType"] = 1,
                ["version"] = v.Version,
                ["cipherSpecLength"] = v.CipherSpecLength,
                ["sessionIdLength"] = v.SessionIdLength,
                ["challengeLength"] = v.ChallengeLength,
            }, e), "isTwoOctetHeader", "length", "messageType", "version", "cipherSpecLength", "sessionIdLength", "challengeLength");
    }

    private static IEnumerable<ViewCase> DhcpCases()
    {
        yield return new("DHCP", [.. DhcpMessage.Layout], ApplicationSamples.Discover, DhcpMessage.FixedLength, false, static bytes =>
            !DhcpMessage.TryRead(bytes, out var v, out var e) ? (null, e) : (new Values
            {
                ["op"] = v.Operation,
                ["htype"] = v.HardwareType,
                ["hlen"] = v.HardwareLength,
                ["hops"] = v.Hops,
                ["xid"] = v.TransactionId,
                ["secs"] = v.Seconds,
                ["broadcast"] = v.Broadcast,
                ["reserved"] = v.ReservedFlags,
                ["ciaddr"] = v.ClientAddress,
                ["yiaddr"] = v.YourAddress,
                ["siaddr"] = v.ServerAddress,
                ["giaddr"] = v.RelayAddress,
                ["chaddr"] = Convert.ToHexString(v.ClientHardwareAddress),
                ["sname"] = Convert.ToHexString(v.ServerName),
                ["file"] = Convert.ToHexString(v.BootFile),
            }, e), "op");
        yield return new("DHCPv6", [.. Dhcpv6Message.Layout], ApplicationSamples.Solicit, Dhcpv6Message.HeaderLength, false, static bytes =>
            !Dhcpv6Message.TryRead(bytes, out var v, out var e) ? (null, e) : (new Values { ["msgType"] = v.Type, ["transactionId"] = v.TransactionId }, e), "msgType");
        yield return new("DHCPv6 relay", [.. Dhcpv6RelayMessage.Layout], ApplicationSamples.Relay(ApplicationSamples.Solicit), Dhcpv6RelayMessage.HeaderLength, false, static bytes =>
            !Dhcpv6RelayMessage.TryRead(bytes, out var v, out var e) ? (null, e) : (new Values
            {
                ["msgType"] = v.Type,
                ["hopCount"] = v.HopCount,
                ["linkAddress"] = v.LinkAddress,
                ["peerAddress"] = v.PeerAddress,
            }, e), "msgType");
    }

    private static IEnumerable<ViewCase> NtpCases()
    {
        yield return new("NTP", [.. NtpPacket.Layout], ApplicationSamples.Ntp, NtpPacket.HeaderLength, false, static bytes =>
            !NtpPacket.TryRead(bytes, out var v, out var e) ? (null, e) : (new Values
            {
                ["leapIndicator"] = v.Leap,
                ["version"] = v.Version,
                ["mode"] = v.Mode,
                ["stratum"] = v.Stratum,
                ["poll"] = v.Poll,
                ["precision"] = v.Precision,
                ["rootDelay"] = v.RootDelay,
                ["rootDispersion"] = v.RootDispersion,
                ["referenceId"] = v.ReferenceId,
                ["referenceTimestamp"] = v.ReferenceTimestamp,
                ["originTimestamp"] = v.OriginTimestamp,
                ["receiveTimestamp"] = v.ReceiveTimestamp,
                ["transmitTimestamp"] = v.TransmitTimestamp,
            }, e), "version", "mode");
        yield return new("NTP control", [.. NtpControl.Layout], ApplicationSamples.NtpControl, ApplicationSamples.NtpControl.Length, true, static bytes =>
            !NtpControl.TryRead(bytes, out var v, out var e) ? (null, e) : (new Values
            {
                ["leapIndicator"] = v.LeapIndicator,
                ["version"] = v.Version,
                ["mode"] = NtpMode.Control,
                ["response"] = v.IsResponse,
                ["error"] = v.IsError,
                ["more"] = v.HasMore,
                ["opcode"] = v.Opcode,
                ["sequence"] = v.Sequence,
                ["status"] = v.Status,
                ["associationId"] = v.AssociationId,
                ["offset"] = v.Offset,
                ["count"] = v.Count,
            }, e), "mode", "count");
    }

    private static IEnumerable<ViewCase> OtherCases()
    {
        yield return new("QUIC", [.. QuicLongHeader.Layout], ApplicationSamples.QuicInitial, ApplicationSamples.QuicInitial.Length, true, static bytes =>
            !QuicLongHeader.TryRead(bytes, out var v, out var e) ? (null, e) : (new Values
            {
                ["headerForm"] = 1,
                ["fixedBit"] = v.FixedBit,
                ["packetType"] = v.TypeBits,
                ["typeSpecific"] = v.TypeSpecific,
                ["version"] = v.Version,
                ["destinationConnectionIdLength"] = v.DestinationConnectionIdLength,
            }, e), "headerForm", "packetType", "version", "destinationConnectionIdLength");
        yield return new("DNS", [.. DnsHeader.Layout], ApplicationSamples.DnsQuery[..DnsHeader.Length], DnsHeader.Length, true, static bytes =>
            !DnsHeader.TryRead(bytes, out var v, out var e) ? (null, e) : (new Values
            {
                ["id"] = v.Id,
                ["qr"] = v.IsResponse,
                ["opcode"] = v.Opcode,
                ["aa"] = v.Authoritative,
                ["tc"] = v.Truncated,
                ["rd"] = v.RecursionDesired,
                ["ra"] = v.RecursionAvailable,
                ["z"] = v.Reserved,
                ["ad"] = v.AuthenticData,
                ["cd"] = v.CheckingDisabled,
                ["rcode"] = v.ResponseCode,
                ["qdcount"] = v.QuestionCount,
                ["ancount"] = v.AnswerCount,
                ["nscount"] = v.AuthorityCount,
                ["arcount"] = v.AdditionalCount,
            }, e));
        yield return new("LLMNR", [.. LlmnrHeader.Layout], ApplicationSamples.DnsQuery[..LlmnrHeader.Length], LlmnrHeader.Length, true, static bytes =>
            !LlmnrHeader.TryRead(bytes, out var v, out var e) ? (null, e) : (new Values
            {
                ["id"] = v.Id,
                ["qr"] = v.IsResponse,
                ["opcode"] = v.Opcode,
                ["c"] = v.Conflict,
                ["tc"] = v.Truncated,
                ["t"] = v.Tentative,
                ["z"] = v.Reserved,
                ["rcode"] = v.ResponseCode,
                ["qdcount"] = v.QuestionCount,
                ["ancount"] = v.AnswerCount,
                ["nscount"] = v.AuthorityCount,
                ["arcount"] = v.AdditionalCount,
            }, e));
    }
}
