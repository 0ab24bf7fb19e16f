namespace Fathom.EndToEnd.Commands.Names;

/// <summary>
/// A root, a top-level domain and the zone example.test, for one NSD each on loopback addresses of a sandbox, and an Unbound that resolves from
/// that root. Broken delegations hang below test.
/// </summary>
internal sealed class NameTree : IDisposable
{
    public const string Root = "127.0.0.11";
    public const string Top = "127.0.0.12";
    public const string Zone = "127.0.0.13";

    /// <summary>`fathom dns serve` with the same zone as <see cref="Zone"/>.</summary>
    public const string Ours = "127.0.0.23";
    public const string Resolver = "127.0.0.53";

    private const string RootZone = """
        $TTL 300
        . SOA a.root.test. admin.test. 1 3600 600 86400 60
        . NS a.root.test.
        a.root.test. A 127.0.0.11
        test. NS a.nic.test.
        a.nic.test. A 127.0.0.12
        """;

    private const string TopZone = """
        $ORIGIN test.
        $TTL 300
        @ SOA a.nic admin 1 3600 600 86400 60
        @ NS a.nic
        a.nic A 127.0.0.12
        a.root A 127.0.0.11
        example NS ns.example
        ns.example A 127.0.0.13
        lame NS ns.example
        noglue NS ns.noglue
        silent NS ns.silent
        ns.silent A 127.0.0.99
        hosted NS ns.example
        away NS ns.hosted
        ns.hosted A 127.0.0.13
        """;

    public const string ExampleZone = """
        $ORIGIN example.test.
        $TTL 300
        @ SOA ns admin 7 3600 600 86400 30
        @ NS ns
        @ MX 10 mail
        @ MX 20 mail2.elsewhere.org.
        @ TXT "v=spf1 -all" "second \"string\" \\ and \200"
        @ CAA 0 issue "ca.example; policy=ev"
        @ CAA 128 tbs "unknown"
        @ LOC 52 14 5.5 N 0 8 50 W -10.5m 20m 100m 5m
        @ DNSKEY 257 3 13 mdsswUyr3DPW132mOi8V9xESWE8jTo0dxCjjnopKl+GqJxpVXckHAeF+KkxLbxILfDLUT0rAK9iUzy1L53eKGQ==
        @ HTTPS 1 . mandatory=alpn alpn="h2,h3" port=8443 ipv4hint=192.0.2.80 ipv6hint=2001:db8::80
        @ NSEC3PARAM 1 0 0 -
        ns A 127.0.0.13
        www A 192.0.2.80
        www A 192.0.2.81
        www AAAA 2001:db8::80
        mail A 192.0.2.25
        alias CNAME www
        far CNAME www.elsewhere.org.
        loop1 CNAME loop2
        loop2 CNAME loop1
        old DNAME example.test.
        dangling CNAME nobody
        tochild CNAME www.child
        toold CNAME www.old
        *.wild A 192.0.2.99
        *.wild TXT "wild"
        a.b.c.deep A 192.0.2.1
        _sip._udp SRV 1 2 5060 mail
        _443._tcp TLSA 3 1 1 0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF
        4.3.2.1.e164 NAPTR 100 10 "u" "E2U+sip" "!^.*$!sip:info@example.test!" .
        80.2.0.192 PTR www
        child NS ns.child
        child DS 60485 5 1 2BB183AF5F22588179A53B0A98631FAD1A292118
        ns.child A 192.0.2.54
        svc SVCB 16 foo.example.org. alpn=h2,h3-19 mandatory=ipv4hint,alpn ipv4hint=192.0.2.1
        host HINFO "PDP-11" "UNIX"
        key SSHFP 4 2 123456789ABCDEF67890123456789ABCDEF67890123456789ABCDEF123456789
        ftp URI 10 1 "ftp://ftp1.example.test/public"
        rp RP admin.example.test. txt.example.test.
        new TYPE65280 \# 4 C0FFEE01
        xn--bcher-kva A 192.0.2.82
        sig RRSIG A 13 3 300 20300101000000 20200101000000 2371 example.test. AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4vMDEyMzQ1Njc4OTo7PD0+Pw==
        nxt NSEC zzz.example.test. A MX RRSIG NSEC TYPE1234
        esc TXT "\027[31mred\007"
        """;

    public NameTree()
    {
        File.WriteAllText(In("root.zone"), RootZone + "\n");
        File.WriteAllText(In("test.zone"), TopZone + "\n");
        File.WriteAllText(In("example.zone"), ExampleZone + "\n" + Big());
        File.WriteAllText(In("hosted.zone"), "$ORIGIN hosted.test.\n$TTL 300\n@ SOA ns admin 1 2 3 4 60\n@ NS ns.example.test.\nns A 127.0.0.13\nwww A 192.0.2.90\n");
        File.WriteAllText(In("away.zone"), "$ORIGIN away.test.\n$TTL 300\n@ SOA ns admin 1 2 3 4 60\n@ NS ns.hosted.test.\nwww A 192.0.2.91\n");
        File.WriteAllText(In("hints"), $". 3600 NS a.root.test.\na.root.test. 3600 A {Root}\n");
        WriteNsd("root", Root, (".", "root.zone"));
        WriteNsd("test", Top, ("test", "test.zone"));
        WriteNsd("example", Zone, ("example.test", "example.zone"), ("hosted.test", "hosted.zone"), ("away.test", "away.zone"));
        File.WriteAllText(In("unbound.conf"), $"""
            server:
              interface: {Resolver}
              access-control: 127.0.0.0/8 allow
              do-not-query-localhost: no
              do-ip6: no
              module-config: "iterator"
              do-daemonize: no
              username: ""
              chroot: ""
              directory: "{Folder}"
              pidfile: "{In("unbound.pid")}"
              logfile: "{In("unbound.log")}"
              use-syslog: no
              num-threads: 1
              root-hints: "{In("hints")}"
              local-zone: "test." nodefault
              outbound-msg-retry: 2
            remote-control:
              control-enable: no

            """);
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("fathom-names-").FullName;

    /// <summary>Bash: starts all servers and waits, bounded, until each answers.</summary>
    public string Start =>
        $$"""
        cd {{Folder}}
        for z in root test example; do nsd -d -c {{Folder}}/$z.conf > $z.out 2>&1 & done
        unbound -d -c {{In("unbound.conf")}} > unbound.out 2>&1 &
        fathom dns serve example.zone {{Ours}}:53 2> serve.out &
        for a in {{Root}} {{Top}} {{Zone}} {{Ours}} {{Resolver}}; do
            until_true dig @$a +time=1 +tries=1 +norecurse . SOA > /dev/null
        done

        """;

    /// <summary>The servers' configurations, by name: "root", "test", "example" are NSD's, "unbound" is Unbound's.</summary>
    /// <param name="name">Which.</param>
    public string Configuration(string name) => In(name + ".conf");

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private string In(string file) => Path.Combine(Folder, file);

    // 100 addresses: more than any UDP answer holds.
    private static string Big() => string.Concat(Enumerable.Range(1, 100).Select(static i => $"big A 198.51.100.{i}\n"));

    private void WriteNsd(string name, string address, params (string Zone, string File)[] zones)
    {
        var text = $"""
            server:
              ip-address: {address}
              server-count: 1
              username: ""
              database: ""
              zonesdir: "{Folder}"
              pidfile: "{In(name + ".pid")}"
              logfile: "{In(name + ".log")}"
              zonelistfile: "{In(name + ".list")}"
              xfrdfile: "{In(name + ".xfrd")}"
              rrl-ratelimit: 0
            remote-control:
              control-enable: no

            """;
        File.WriteAllText(In(name + ".conf"), text + string.Concat(zones.Select(static z => $"zone:\n  name: \"{z.Zone}\"\n  zonefile: \"{z.File}\"\n")));
    }
}
