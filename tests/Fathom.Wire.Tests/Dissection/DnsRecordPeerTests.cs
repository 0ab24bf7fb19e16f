using Fathom.Wire.Application.Dns;
using Fathom.Wire.Application.Dns.ZoneText;
using Fathom.Wire.Dissection;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Wire.Tests.Dissection;

/// <summary>The parts of records of every type that has some, against TShark's.</summary>
public sealed class DnsRecordPeerTests(ITestOutputHelper output)
{
    private static readonly (string Record, PeerField[] Fields)[] Cases =
    [
        ("A 192.0.2.1", [new("dns.a", "address", true)]),
        ("AAAA 2001:db8::1", [new("dns.aaaa", "address", true)]),
        ("CNAME other.example.", [new("dns.cname", "cname", true)]),
        ("NS ns.example.", [new("dns.ns", "nsdname", true)]),
        ("PTR host.example.", [new("dns.ptr.domain_name", "ptrdname", true)]),
        ("DNAME other.example.", [new("dns.dname", "target", true)]),
        ("SOA ns.example. admin.example. 2026112601 7200 900 1209600 86400", [new("dns.soa.mname", "mname", true), new("dns.soa.rname", "rname", true), new("dns.soa.serial_number", "serial"), new("dns.soa.refresh_interval", "refresh"), new("dns.soa.retry_interval", "retry"), new("dns.soa.expire_limit", "expire"), new("dns.soa.minimum_ttl", "minimum")]),
        ("MX 10 mail.example.", [new("dns.mx.preference", "preference"), new("dns.mx.mail_exchange", "exchange", true)]),
        ("TXT \"v=spf1 -all\" \"two\"", [new("dns.txt", "text", true)]),
        ("SRV 1 2 443 host.example.", [new("dns.srv.priority", "priority"), new("dns.srv.weight", "weight"), new("dns.srv.port", "port"), new("dns.srv.target", "target", true)]),
        ("CAA 128 issue \"ca.example\"", [new("dns.caa.flags", "flags"), new("dns.caa.tag", "tag", true), new("dns.caa.value", "value", true)]),
        ("HTTPS 1 . alpn=h2,h3 port=8443 ipv4hint=192.0.2.1 ipv6hint=2001:db8::1", [new("dns.svcb.svcpriority", "priority"), new("dns.svcb.svcparam.key", "parameter"), new("dns.svcb.svcparam.alpn", "parameter", true), new("dns.svcb.svcparam.ipv4hint.ip", "parameter", true), new("dns.svcb.svcparam.ipv6hint.ip", "parameter", true)]),
        ("SVCB 2 svc.example. port=53", [new("dns.svcb.svcpriority", "priority"), new("dns.svcb.targetname", "target", true), new("dns.svcb.svcparam.port", "parameter", true)]),
        ("DS 60485 5 1 2BB183AF5F22588179A53B0A98631FAD1A292118", [new("dns.ds.key_id", "keyTag"), new("dns.ds.algorithm", "algorithm"), new("dns.ds.digest_type", "digestType"), new("dns.ds.digest", "digest", true)]),
        ("DNSKEY 257 3 13 mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+GqJxpVXckHAeF+KkxLbxILfDLUT0rAK9iUzy1L53eKGQ==", [new("dns.dnskey.flags", "keyFlags"), new("dns.dnskey.protocol", "protocol"), new("dns.dnskey.algorithm", "algorithm")]),
        ("RRSIG A 13 2 3600 20260401000000 20260301000000 12345 example. AQIDBA==", [new("dns.rrsig.type_covered", "typeCovered"), new("dns.rrsig.algorithm", "algorithm"), new("dns.rrsig.labels", "labels"), new("dns.rrsig.original_ttl", "originalTtl"), new("dns.rrsig.signature_expiration", "expiration", true), new("dns.rrsig.signature_inception", "inception", true), new("dns.rrsig.key_tag", "keyTag"), new("dns.rrsig.signers_name", "signer", true), new("dns.rrsig.signature", "signature", true)]),
        ("NSEC next.example. A MX RRSIG NSEC TYPE1234", [new("dns.nsec.next_domain_name", "nextName", true)]),
        ("NSEC3 1 1 12 AABBCCDD 2T7B4G4VSA5SMI47K61MV5BV1A22BOJR MX DNSKEY", [new("dns.nsec3.algo", "hashAlgorithm"), new("dns.nsec3.flags", "flags"), new("dns.nsec3.iterations", "iterations"), new("dns.nsec3.salt_value", "salt", true)]),
        ("NSEC3PARAM 1 0 12 AABBCCDD", [new("dns.nsec3.algo", "hashAlgorithm"), new("dns.nsec3.iterations", "iterations"), new("dns.nsec3.salt_value", "salt", true)]),
        ("TLSA 3 1 1 AABBCCDDEEFF", [new("dns.tlsa.certificate_usage", "usage"), new("dns.tlsa.selector", "selector"), new("dns.tlsa.matching_type", "matchingType"), new("dns.tlsa.certificate_association_data", "association", true)]),
        ("NAPTR 100 50 \"s\" \"SIP+D2U\" \"\" _sip._udp.example.", [new("dns.naptr.order", "order"), new("dns.naptr.preference", "preference"), new("dns.naptr.flags", "flags", true), new("dns.naptr.service", "services", true), new("dns.naptr.replacement", "replacement", true)]),
        ("LOC 42 21 54 N 71 06 18 W -24m 30m", [new("dns.loc.version", "version"), new("dns.loc.size", "size"), new("dns.loc.horizontal_precision", "horizontalPrecision"), new("dns.loc.vertical_precision", "verticalPrecision"), new("dns.loc.latitude", "latitude"), new("dns.loc.longitude", "longitude"), new("dns.loc.altitude", "altitude")]),
        ("SSHFP 4 2 AABBCCDD", [new("dns.sshfp.algorithm", "algorithm"), new("dns.sshfp.fingerprint.type", "fingerprintType"), new("dns.sshfp.fingerprint", "fingerprint", true)]),
        ("HINFO \"x86\" \"linux\"", [new("dns.hinfo.cpu", "cpu", true), new("dns.hinfo.os", "os", true)]),
        ("RP admin.example. text.example.", [new("dns.rp.mailbox", "mailbox", true), new("dns.rp.txt_rr", "textName", true)]),
        ("AFSDB 1 afs.example.", [new("dns.afsdb.subtype", "preference"), new("dns.afsdb.hostname", "host", true)]),
        ("TYPE731 \\# 6 ABCDEF012345", [new("dns.data", "rdata", true)]),
    ];

    [Fact]
    public async Task Parts_of_records_are_those_that_tshark_sees()
    {
        var theirs = Cases.SelectMany(static c => c.Fields).Select(static f => f.Theirs).Distinct().ToArray();
        var packets = Cases.Select(static (c, i) => ApplicationPeerTests.Packet(IpProtocol.Udp, 53, Message(c.Record), (ushort)(40000 + i))).ToArray();
        var path = ApplicationPeerTests.Write(packets);
        try
        {
            var answers = await Tshark.AskAsync(path, "dns", theirs);
            var differences = new List<string>();
            var compared = 0;
            for (var i = 0; i < Cases.Length; i++)
            {
                var dissection = Dissector.Dissect(LinkType.RawIp, packets[i]);
                Assert.True(dissection.Fault is null, $"{Cases[i].Record}: {dissection.Fault}");
                foreach (var field in Cases[i].Fields)
                {
                    var value = answers[i + 1][Array.IndexOf(theirs, field.Theirs)];
                    Assert.True(value.Length > 0, $"TShark has no {field.Theirs} in {Cases[i].Record}");
                    compared++;
                    if (field.Difference(value, dissection.Layers[^1]) is { } difference) differences.Add($"{Cases[i].Record}: {difference}");
                }
            }

            output.WriteLine($"{Cases.Length} records, {compared} values compared");
            Assert.True(differences.Count == 0, string.Join('\n', differences));
        }
        finally
        {
            File.Delete(path);
        }
    }

    // Every octet of every record belongs to a field.
    [Fact]
    public void No_octet_of_the_data_is_left_out()
    {
        foreach (var (record, _) in Cases)
        {
            var layer = Dissector.Dissect(LinkType.RawIp, ApplicationPeerTests.Packet(IpProtocol.Udp, 53, Message(record), 40000)).Layers[^1];
            var length = layer.Fields.Single(static f => f.Name == "rdlength");
            var parts = layer.Fields.Where(f => f.BitOffset >= length.BitOffset + length.BitLength).ToList();
            Assert.Equal((int)length.Number! * 8, parts.Sum(static f => f.BitLength));
        }
    }

    private static byte[] Message(string record)
    {
        Assert.True(DnsZoneText.TryParseRecord($"www.example. 300 IN {record}", DnsName.Root, out var parsed, out var error), $"{record}: {error}");
        return new DnsMessage { IsResponse = true, Answers = [parsed] }.ToBytes();
    }
}
