using Fathom.EndToEnd.Worlds.Servers;

namespace Fathom.EndToEnd.Worlds;

/// <summary>Configuration and zones of NSD (authoritative, root zone included) and Unbound (resolver).</summary>
internal static class NameserverFiles
{
    // 120 addresses of 16 octets each: 1,920 octets of answer, above every UDP limit in use (1,232).
    private const int BigAnswerAddresses = 120;

    public static void Write(string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "root.zone"), RootZone());
        File.WriteAllText(Path.Combine(folder, "good.zone"), GoodZone());
        foreach (var zone in SmallZones) File.WriteAllText(Path.Combine(folder, $"{zone}.zone"), SmallZone(zone));
        File.WriteAllText(Path.Combine(folder, "nsd.conf"), Nsd(folder));
        File.WriteAllText(Path.Combine(folder, "nsd-one.conf"), NsdOfOneZone(folder));
        File.WriteAllText(Path.Combine(folder, "unbound.conf"), Unbound(folder));
    }

    private static string RootZone() =>
        $"""
        $ORIGIN .
        $TTL 300
        @ SOA ns.root.test. hostmaster.root.test. 1 3600 600 86400 300
        @ NS ns.root.test.
        ns.root.test. A {Topology.AuthoritativeV4}
        {Delegation("good.test", Topology.AuthoritativeV4)}
        {Delegation("unloaded.test", Topology.OneZoneV4)}
        {Delegation("back.test", Topology.AuthoritativeV4)}
        {Delegation("refused.test", Topology.OneZoneV4)}
        {Delegation("upward.test", NameserverBehavior.Upward.Address)}
        {Delegation("closed.test", Topology.FarRouterV4)}
        {Delegation("silent.test", NameserverBehavior.Silent.Address)}
        {Delegation("half.test", Topology.AuthoritativeV4)}
        half.test. NS ns.refused.test.
        {Delegation("failing.test", NameserverBehavior.Failing.Address)}
        {Delegation("misdirected.test", Topology.AuthoritativeV4)}
        {Delegation("unsigned.test", Topology.AuthoritativeV4)}

        """;

    private static string Delegation(string zone, string server) => $"{zone}. NS ns.{zone}.\nns.{zone}. A {server}";

    private static string[] SmallZones { get; } = ["half.test", "misdirected.test", "unsigned.test", "one.test"];

    private static string SmallZone(string zone) =>
        $"""
        $ORIGIN {zone}.
        $TTL 300
        @ SOA ns hostmaster 1 3600 600 86400 300
        @ NS ns
        {(zone == "half.test" ? "@ NS ns.refused.test." : string.Empty)}
        ns A {Topology.AuthoritativeV4}
        www A {Topology.ServerV4}

        """;

    private static string GoodZone()
    {
        string[] dualStack =
        [
            Names.Www, Names.Expired, Names.NotYetValid, Names.WrongName, Names.SelfSigned,
            Names.UnknownAuthority, Names.MissingIntermediate, Names.Old, Names.Escape, Names.HandshakeRefused,
        ];
        List<string> lines =
        [
            "$ORIGIN good.test.",
            "$TTL 300",
            "@ SOA ns hostmaster 1 3600 600 86400 300",
            "@ NS ns",
            $"ns A {Topology.AuthoritativeV4}",
            .. dualStack.Select(name => $"{name}. A {Topology.ServerV4}"),
            .. dualStack.Select(name => $"{name}. AAAA {Topology.ServerV6}"),
            $"{Names.V4Only}. A {Topology.ServerV4}",
            $"{Names.V6Only}. AAAA {Topology.ServerV6}",
            $"{Names.TwoAddresses}. A {Topology.AbsentServerV4}",
            $"{Names.TwoAddresses}. A {Topology.ServerV4}",
            $"{Names.TextOnly}. TXT \"no address here\"",
            $"{Names.AliasLoop}. CNAME loop2.good.test.",
            $"loop2.good.test. CNAME {Names.AliasLoop}.",
            .. Enumerable.Range(1, BigAnswerAddresses).Select(host => $"{Names.Big}. A 10.77.10.{host}"),
        ];
        return string.Join('\n', lines) + "\n";
    }

    private static string Nsd(string folder) =>
        $"""
        server:
          ip-address: {Topology.AuthoritativeV4}
          server-count: 1
          username: ""
          database: ""
          zonesdir: "{folder}"
          pidfile: "{folder}/nsd.pid"
          logfile: "{folder}/nsd.log"
          zonelistfile: "{folder}/nsd.zones"
          xfrdfile: "{folder}/nsd.xfrd"
          rrl-ratelimit: 0
        remote-control:
          control-enable: no
        zone:
          name: "."
          zonefile: "root.zone"
        zone:
          name: "good.test"
          zonefile: "good.zone"
        zone:
          name: "half.test"
          zonefile: "half.test.zone"
        zone:
          name: "misdirected.test"
          zonefile: "misdirected.test.zone"
        zone:
          name: "unsigned.test"
          zonefile: "unsigned.test.zone"

        """;

    // unloaded.test has a zone statement and no zone file: NSD then answers SERVFAIL for it.
    private static string NsdOfOneZone(string folder) =>
        $"""
        server:
          ip-address: {Topology.OneZoneV4}
          server-count: 1
          username: ""
          database: ""
          zonesdir: "{folder}"
          pidfile: "{folder}/nsd-one.pid"
          logfile: "{folder}/nsd-one.log"
          zonelistfile: "{folder}/nsd-one.zones"
          xfrdfile: "{folder}/nsd-one.xfrd"
          rrl-ratelimit: 0
        remote-control:
          control-enable: no
        zone:
          name: "one.test"
          zonefile: "one.test.zone"
        zone:
          name: "unloaded.test"
          zonefile: "absent.zone"

        """;

    // Unbound answers for test. itself (RFC 6761) unless told not to. DNSSEC is no part of this world, but for one zone: the anchor
    // says that unsigned.test has a key, and it has none. misdirected.test is looked for at a host without a nameserver.
    private static string Unbound(string folder) =>
        $"""
        server:
          interface: {Topology.ResolverV4}
          interface: {Topology.ResolverV6}
          interface: {Topology.RefusingResolverV4}
          interface-action: {Topology.ResolverV4} allow
          interface-action: {Topology.ResolverV6} allow
          interface-action: {Topology.RefusingResolverV4} refuse
          module-config: "validator iterator"
          trust-anchor: "unsigned.test. DS 12345 13 2 {new string('A', 64)}"
          do-daemonize: no
          username: ""
          chroot: ""
          directory: "{folder}"
          pidfile: "{folder}/unbound.pid"
          logfile: "{folder}/unbound.log"
          use-syslog: no
          num-threads: 1
          do-ip6: yes
          local-zone: "test." nodefault
        remote-control:
          control-enable: no
        stub-zone:
          name: "."
          stub-addr: {Topology.AuthoritativeV4}
        stub-zone:
          name: "misdirected.test"
          stub-addr: {Topology.FarRouterV4}

        """;
}
