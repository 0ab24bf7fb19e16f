using Fathom.Lab.Capture;
using Fathom.Lab.Internet;
using Fathom.Lab.Scenarios;
using Fathom.Probes.Internet.Ping;
using Fathom.Wire.Internet;

namespace Fathom.Lab.Tests;

/// <summary>Scenario files: what is wrong is told with its place.</summary>
public class ScenarioReaderTests
{
    private const string Good = """
        title: T
        target: http://192.0.2.2/
        networks:
          lan: { delay: 1ms }
        hosts:
          a:
            interfaces:
              eth0: { network: lan, addresses: [192.0.2.1/24] }
          b:
            interfaces:
              eth0: { network: lan, addresses: [192.0.2.2/24] }
        """;

    public static TheoryData<string> Names() => [.. BuiltInScenarios.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_built_in_scenario_is_read_and_comes_to_life(string name)
    {
        using var world = LabWorld.Create(BuiltInScenarios.Get(name));
        Assert.Equal(world.Scenario.Hosts.Count, world.Lab.Hosts.Count);
    }

    [Fact]
    public void A_good_file_is_read()
    {
        Assert.True(ScenarioReader.TryRead(Good, out var scenario, out var error), error?.ToString());
        Assert.Equal(("a", TimeSpan.FromMilliseconds(1)), (scenario.From, scenario.Networks[0].Cable.Delay));
    }

    [Theory]
    [InlineData("delay: 1ms", "delay: 1", 4, "expected a time with its unit")]
    [InlineData("delay: 1ms", "dealy: 1ms", 4, "'dealy' is not known here")]
    [InlineData("delay: 1ms", "loss: 120%", 4, "0% to 100%")]
    [InlineData("network: lan, addresses: [192.0.2.2/24]", "network: wan, addresses: [192.0.2.2/24]", 11, "no network 'wan'")]
    [InlineData("192.0.2.1/24", "192.0.2.1", 8, "with the length of its prefix")]
    [InlineData("192.0.2.1/24", "192.0.2.1/33", 8, "with the length of its prefix")]
    [InlineData("title: T", "titel: T", 1, "'titel' is not known here")]
    [InlineData("title: T", "title: T\nfrom: c", 2, "no host 'c'")]
    [InlineData("192.0.2.1/24", "0.0.0.0/24", 8, "no address that one host can have")]
    [InlineData("192.0.2.1/24", "192.0.2.0/24", 8, "no address that one host can have")]
    [InlineData("192.0.2.1/24", "192.0.2.255/24", 8, "no address that one host can have")]
    [InlineData("192.0.2.1/24", "255.255.255.255/32", 8, "no address that one host can have")]
    [InlineData("192.0.2.1/24", "127.0.0.1/8", 8, "no address that one host can have")]
    [InlineData("192.0.2.1/24", "224.0.0.1/24", 8, "no address that one host can have")]
    [InlineData("192.0.2.1/24", "'ff02::1/64'", 8, "no address that one host can have")]
    [InlineData("192.0.2.1/24", "'::/64'", 8, "no address that one host can have")]
    [InlineData("192.0.2.1/24", "'::1/128'", 8, "no address that one host can have")]
    [InlineData("192.0.2.1/24", "'::ffff:192.0.2.1/120'", 8, "no address that one host can have")]
    [InlineData("delay: 1ms", "rate: 0.0001kbit", 4, "expected a rate")]
    [InlineData("title: T", "title: T\nstart: 0001-01-01", 2, "from 1970 to 2500")]
    [InlineData("title: T", "title: T\nstart: 9999-12-31", 2, "from 1970 to 2500")]
    [InlineData("lan: {", "\"l\\e[31mn\": {", 4, "a network's name has letters")]
    [InlineData("eth0: { network: lan, addresses: [192.0.2.1/24]", "e.0: { network: lan, addresses: [192.0.2.1/24]", 8, "an interface's name has letters")]
    [InlineData("eth0: { network: lan, addresses: [192.0.2.1/24]", "lo: { network: lan, addresses: [192.0.2.1/24]", 8, "every host's own")]
    [InlineData("addresses: [192.0.2.1/24] }", "addresses: [192.0.2.1/24] }\n    routes: { '2001:db8::/32': 192.0.2.2 }", 9, "another version of IP")]
    [InlineData("addresses: [192.0.2.2/24] }", "addresses: [192.0.2.2/24] }\n    services: { resolver: { roots: { a..b: 192.0.2.1 } } }", 12, "the root server's name")]
    [InlineData("addresses: [192.0.2.2/24] }", "addresses: [192.0.2.2/24] }\n    services: { resolver: { roots: { a: [] } } }", 12, "has no address")]
    [InlineData("addresses: [192.0.2.2/24] }", "addresses: [192.0.2.2/24] }\n    services: { web: { names: [\"b\\e[31m\"] } }", 12, "neither a domain name nor an address")]
    [InlineData("addresses: [192.0.2.2/24] }", "addresses: [192.0.2.2/24] }\n    services: { dhcp: { interface: eth0, first: 192.0.2.9, last: 192.0.2.10, domain: a..b } }", 12, "the domain: ")]
    [InlineData("addresses: [192.0.2.2/24] }", "addresses: [192.0.2.2/24] }\n    services: { dhcp: { interface: eth0, first: 192.0.2.9, last: 192.0.2.10, resolvers: [9.9.9.1, 9.9.9.2, 9.9.9.3, 9.9.9.4, 9.9.9.5, 9.9.9.6, 9.9.9.7, 9.9.9.8, 9.9.9.9] } }", 12, "up to 8")]
    [InlineData("title: T", "title: [", 1, "not closed")]
    [InlineData("  b:", "  b c:", 9, "letters, digits and hyphens")]
    [InlineData("network: lan, addresses: [192.0.2.2/24]", "addresses: [192.0.2.2/24]", 11, "plugged in nowhere")]
    [InlineData("addresses: [192.0.2.2/24] }", "addresses: [192.0.2.2/24] }\n    services: { web: [ { names: [b] }, { names: [c] } ] }", 12, "its port 80 has another web already")]
    [InlineData("addresses: [192.0.2.2/24] }", "addresses: [192.0.2.2/24] }\n    services:\n      dns: { zones: [z] }\n      resolver: { roots: { r: 192.0.2.1 } }\nzones:\n  z: |\n    @ IN SOA a b 1 2 3 4 5\n    @ IN NS a\n    a IN A 192.0.2.1", 14, "its port 53 has dns already")]
    public void A_bad_one_is_refused_with_its_line(string good, string bad, int line, string reason)
    {
        Assert.Contains(good, Good, StringComparison.Ordinal);
        Assert.False(ScenarioReader.TryRead(Good.Replace(good, bad, StringComparison.Ordinal), out _, out var error));
        Assert.Equal(line, error.Line);
        Assert.Contains(reason, error.Reason, StringComparison.Ordinal);
    }

    // The columns are those of an editor, counted by hand.
    [Theory]
    [InlineData("network: lan, addresses: [192.0.2.2/24]", "network: lam, addresses: [192.0.2.2/24]", 11, 7, "b.eth0: there is no network 'lam'; there is lan")]
    [InlineData("network: lan, addresses: [192.0.2.2/24]", "addresses: [192.0.2.2/24]", 11, 7, "plugged in nowhere")]
    [InlineData("title: T", "title: T\nfrom: c", 2, 7, "from: there is no host 'c'; there are a, b")]
    [InlineData("  b:", "  a:", 9, 3, "'a' stands here twice")]
    [InlineData("title: T", "title: T\ntitle: U", 2, 1, "'title' stands here twice")]
    [InlineData("delay: 1ms }", "delay: 1ms", 4, 8, "a bracket or brace that opens here is not closed")]
    [InlineData("addresses: [192.0.2.1/24]", "addresses: [\"192.0.2.1/24]", 8, 41, "the quotation mark that opens here is not closed")]
    [InlineData("addresses: [192.0.2.1/24]", "addresses: [192.0.2.1/24, 192.0.2.1/24]", 8, 7, "a.eth0: a.eth0 has the address 192.0.2.1 already")]
    [InlineData("addresses: [192.0.2.1/24] }", "addresses: [192.0.2.1/24] }\n      eth1: { network: lan, addresses: [192.0.2.1/24] }", 9, 7, "a.eth1: a.eth0 has the address 192.0.2.1 already")]
    [InlineData("  b:", "\tb:", 9, 1, "a tab: YAML is indented with spaces")]
    [InlineData("target: http://192.0.2.2/", "target:http://192.0.2.2/", 2, 1, "this is not YAML: expected a name, a colon and a space")]
    [InlineData("addresses: [192.0.2.2/24] }", "addresses: [192.0.2.2/24] }\n    gateways: [192.0.2.2]", 12, 16, "192.0.2.2 is its own address")]
    [InlineData("addresses: [192.0.2.2/24] }", "addresses: [192.0.2.2/24] }\n    gateways: [192.0.3.9]", 12, 16, "on none of its links; expected an address in 192.0.2.0/24")]
    [InlineData("addresses: [192.0.2.2/24] }", "addresses: [192.0.2.2/24] }\n    routes: { 198.51.100.7/24: 192.0.2.1 }", 12, 15, "the prefix of this length is 198.51.100.0/24")]
    [InlineData("addresses: [192.0.2.2/24] }", "addresses: [192.0.2.2/24] }\n    services: [echo]", 12, 15, "expected names with values (name: value), not a list")]
    [InlineData("lan: { delay: 1ms }", "lan: fast", 4, 8, "expected names with values (name: value), not 'fast' alone")]
    [InlineData("hosts:", "links:\n  - { between: [a.eth1, b.eth0] }\nhosts:", 6, 5, "there is no interface 'a.eth1': a has eth0")]
    [InlineData("hosts:", "links:\n  - { between: [c.eth0, b.eth0] }\nhosts:", 6, 5, "there is no host 'c'")]
    [InlineData("hosts:", "links:\n  - { between: [a.eth0, b.eth0] }\nhosts:", 6, 5, "two cables in 'a.eth0': it is plugged into the network lan already")]
    [InlineData("addresses: [192.0.2.2/24] }", "addresses: [192.0.2.2/24] }\n    services:\n      echo:\n      dns: { zones: [y] }\nzones:\n  z: |\n    @ IN SOA a b 1 2 3 4 5\n    @ IN NS a\n    a IN A 192.0.2.1", 14, 12, "there is no zone 'y'; there is z")]
    [InlineData("addresses: [192.0.2.2/24] }", "addresses: [192.0.2.2/24] }\nzones:\n  z: |\n    @ IN SOA a b 1 2 3 4 5\n    @ IN NS a\n    a IN A 192.0.2", 16, 5, "zone z: ")]
    [InlineData("addresses: [192.0.2.2/24] }", "addresses: [192.0.2.2/24] }\nzones:\n  z..z: |\n    @ IN NS a", 13, 3, "the zone's name: ")]
    public void A_bad_one_is_refused_with_the_place_and_what_would_be_right(string good, string bad, int line, int column, string reason)
    {
        Assert.Contains(good, Good, StringComparison.Ordinal);
        Assert.False(ScenarioReader.TryRead(Good.Replace(good, bad, StringComparison.Ordinal), out _, out var error));
        Assert.Equal((line, column), (error.Line, error.Column));
        Assert.Contains(reason, error.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 1, 1, "the file is empty")]
    [InlineData("title: T\n---\ntitle: U\n", 3, 1, "a second YAML document")]
    [InlineData("title: T\ntarget: http://a/\nhosts: { a: { interfaces: { } } }\nzones: { z: \"@ IN SOA a b 1 2 3 4 5\\n@ IN NS a\\na IN A 1\" }", 4, 13, "zone z: ")]
    public void A_whole_file_that_is_none_is_refused_with_the_place(string text, int line, int column, string reason)
    {
        Assert.False(ScenarioReader.TryRead(text, out _, out var error));
        Assert.Equal((line, column), (error.Line, error.Column));
        Assert.Contains(reason, error.Reason, StringComparison.Ordinal);
    }

    // What goes deep in the library goes deep on its stack, which would end the process.
    [Theory]
    [InlineData("title: ", "[", "]")]
    [InlineData("title: ", "{a: ", "}")]
    [InlineData("", "- ", "")]
    public void A_file_that_nests_too_deep_is_refused(string before, string open, string close)
    {
        foreach (var depth in new[] { 65, 100_000 })
        {
            var text = before + string.Concat(Enumerable.Repeat(open, depth)) + "1" + string.Concat(Enumerable.Repeat(close, depth));
            Assert.False(ScenarioReader.TryRead(text, out _, out var error));
            Assert.Equal((1, "this is nested more than 64 deep"), (error.Line, error.Reason));
        }
    }

    [Theory]
    [InlineData("delay: 1ms", "", 1500)]
    [InlineData("mtu: 1280", "", 1280)]
    [InlineData("mtu: 9000", "", 1500)]
    [InlineData("mtu: 1280", "mtu: 1500, ", 1500)] // a black hole, on purpose
    public void An_interface_takes_what_its_cable_carries_unless_it_says_otherwise(string cable, string own, int expected)
    {
        var scenario = Read(Good.Replace("delay: 1ms", cable, StringComparison.Ordinal).Replace("network: lan, addresses: [192.0.2.1/24]", own + "network: lan, addresses: [192.0.2.1/24]", StringComparison.Ordinal));
        using var world = LabWorld.Create(scenario);
        Assert.Equal(expected, world.Lab.Find("a")!.Ports[0].Interface.Mtu);
        Assert.Equal(expected, scenario.MtuOf(scenario.Hosts[0], scenario.Hosts[0].Interfaces[0]));
    }

    [Fact]
    public void Each_end_of_a_cable_takes_what_its_direction_carries()
    {
        using var world = LabWorld.Create(Read(Row.Replace("point-to-point: true, delay: 5ms", "mtu: 1400, back: { mtu: 1300 }", StringComparison.Ordinal)));
        Assert.Equal((1400, 1300), (world.Lab.Find("r1")!.Ports[1].Interface.Mtu, world.Lab.Find("r2")!.Ports[0].Interface.Mtu));
    }

    // Three routers in a row behind each other, with a point-to-point line between the first two; nobody names a route.
    private const string Row = """
        title: T
        target: http://192.0.2.130/
        routes: auto
        networks:
          left: {}
          middle: {}
          right: {}
        links:
          - { between: [r1.ppp0, r2.ppp0], point-to-point: true, delay: 5ms }
        hosts:
          a:
            interfaces:
              eth0: { network: left, addresses: [192.0.2.2/26, "2001:db8:1::2/64"] }
          r1:
            forwards: true
            interfaces:
              eth0: { network: left, addresses: [192.0.2.1/26, "2001:db8:1::1/64"] }
              ppp0: { addresses: [192.0.2.65/30, "2001:db8:2::1/64"] }
          r2:
            forwards: true
            interfaces:
              ppp0: { addresses: [192.0.2.66/30, "2001:db8:2::2/64"] }
              eth0: { network: middle, addresses: [192.0.2.97/28, "2001:db8:3::1/64"] }
          r3:
            forwards: true
            interfaces:
              eth0: { network: middle, addresses: [192.0.2.98/28, "2001:db8:3::2/64"] }
              eth1: { network: right, addresses: [192.0.2.129/26, "2001:db8:4::1/64"] }
          b:
            interfaces:
              eth0: { network: right, addresses: [192.0.2.130/26, "2001:db8:4::2/64"] }
        """;

    [Theory]
    [InlineData("192.0.2.130")]
    [InlineData("2001:db8:4::2")]
    public void Automatic_routes_lead_through_every_router_in_its_turn(string address)
    {
        using var world = LabWorld.Create(Read(Row));
        using var recorder = new JourneyRecorder(world.Lab);
        var target = IpAddress.Parse(address);
        world.Lab.Run(() => PingSeries.RunAsync(world.From.Network, target, new PingOptions { Count = 1, Wait = TimeSpan.FromSeconds(5) }, static _ => { }, default), TimeSpan.FromMinutes(1));
        var echoes = recorder.Journeys.Where(static j => j.Hops.Count > 2).ToList();
        Assert.Equal(["a", "r1", "r2", "r3"], echoes[0].Hops.Select(static h => h.From.Host.Name));
        Assert.Equal(["b", "r3", "r2", "r1"], echoes[1].Hops.Select(static h => h.From.Host.Name));
        Assert.Equal("a", Assert.Single(echoes[1].Ends).Host.Name);

        // On the line there is the packet itself, whose first four bits are its version (RFC 791, RFC 8200).
        var line = echoes[0].Hops[1];
        Assert.Equal(target.IsV4 ? 4 : 6, line.Frame.Span[0] >> 4);
        Assert.Equal(101, line.LinkType); // LINKTYPE_RAW of the pcap registry
        Assert.Equal(target.IsV4 ? 84 : 104, line.Frame.Length); // 56 octets of data, 8 of ICMP, 20 or 40 of IP
    }

    [Fact]
    public void A_host_that_names_its_routes_keeps_to_them_and_one_may_ask_alone()
    {
        var own = Read(Row.Replace("  b:\n", "  b:\n    gateways: [192.0.2.129]\n", StringComparison.Ordinal));
        using var world = LabWorld.Create(own);
        Assert.DoesNotContain(world.Lab.Find("b")!.Stack.Routes.Routes, static r => r.Prefix.IsDefault && r.Prefix.Version == IpVersion.V6);
        Assert.Contains(world.Lab.Find("a")!.Stack.Routes.Routes, static r => r.Prefix.IsDefault && r.Prefix.Version == IpVersion.V6);

        var alone = Read(Row.Replace("routes: auto\n", string.Empty, StringComparison.Ordinal).Replace("  a:\n", "  a:\n    routes: auto\n", StringComparison.Ordinal));
        using var other = LabWorld.Create(alone);
        Assert.Equal(["a"], other.Lab.Hosts.Where(static h => h.Stack.Routes.Routes.Any(static r => r.Gateway is not null)).Select(static h => h.Name));
    }

    [Theory]
    [InlineData("routes: auto", "routes: shortest", 3, "routes of a scenario are 'auto'")]
    [InlineData("  b:\n", "  b:\n    routes: automatic\n", 30, "'automatic': expected routes by prefix (198.51.100.0/24: 192.0.2.254), or auto")]
    [InlineData("point-to-point: true", "point-to-point: ppp", 9, "'ppp': expected true or false")]
    [InlineData("ppp0: { addresses: [192.0.2.65/30, \"2001:db8:2::1/64\"] }", "ppp0: { addresses: [192.0.2.65/30], dhcp: true }", 9, "r1.ppp0: DHCP needs an Ethernet, and this line is point-to-point")]
    [InlineData("192.0.2.98/28", "192.0.2.34/28", 27, "r3.eth0: 192.0.2.32/28 is on the network middle, and 192.0.2.0/26 on the network left (a.eth0, line 13); automatic routes cannot tell them apart")]
    public void What_cannot_be_worked_out_is_refused_with_its_line(string good, string bad, int line, string reason)
    {
        Assert.Contains(good, Row, StringComparison.Ordinal);
        Assert.False(ScenarioReader.TryRead(Row.Replace(good, bad, StringComparison.Ordinal), out _, out var error));
        Assert.Contains(reason, error.Reason, StringComparison.Ordinal);
        Assert.Equal(line, error.Line);
    }

    private static Scenario Read(string text) => ScenarioReader.TryRead(text, out var scenario, out var error) ? scenario : throw new InvalidOperationException(error.ToString());

    private const string Home = """
        title: T
        target: http://192.0.2.2/
        networks:
          lan: {}
          wan: {}
        hosts:
          a:
            interfaces:
              eth0: { network: lan, dhcp: true }
          r:
            forwards: true
            interfaces:
              in: { network: lan, addresses: [192.168.1.1/24, "2001:db8:1::1/64"], advertise: { resolvers: ["2001:db8:1::1"], interval: 30s, mtu: 1480 } }
              out: { network: wan, addresses: [192.0.2.1/24] }
            nat: { outside: out, mapping: address-dependent, filtering: endpoint-independent, forward: [ { port: 8080, to: 192.168.1.9:80 } ] }
            firewall: { otherwise: allow, rules: [ { action: prohibit, in: out, way: through, version: 4, protocol: tcp, from: 192.0.2.0/24, to: 192.168.1.0/24, port: 20-23 } ] }
            mss-clamp: { interface: out, mtu: 1400 }
            icmp-filter: too-big
            size-filter: 1450
            services:
              dhcp: { interface: in, first: 192.168.1.50, last: 192.168.1.60, resolvers: [192.168.1.1], domain: home.example, lease: 600s, reserved: { a: 192.168.1.9 } }
          b:
            interfaces:
              eth0: { network: wan, addresses: [192.0.2.2/24] }
        """;

    [Fact]
    public void What_a_home_router_does_is_read_and_built()
    {
        Assert.True(ScenarioReader.TryRead(Home, out var scenario, out var error), error?.ToString());
        using var world = LabWorld.Create(scenario);
        var (a, r) = (world.Lab.Find("a")!, world.Lab.Find("r")!);
        Assert.Equal(["nat", "firewall", "mss-clamp", "icmp-filter", "size-filter"], r.Boxes.Select(static b => b.Kind));
        Assert.Equal("192.168.1.9", a.Stack.DhcpClients[0].Lease!.Address.ToString());
        Assert.Contains(a.Stack.Addresses, static x => new IpPrefix(IpAddress.Parse("2001:db8:1::"), 64).Contains(x.Address));
        Assert.Equal(["192.168.1.1:53", "[2001:db8:1::1]:53"], a.Resolver!.Servers.Select(static s => s.ToString()));
        var forwarded = r.Boxes.OfType<Nat44>().Single().Mappings.Single();
        Assert.Equal(("192.168.1.9:80", "192.0.2.1:8080"), (forwarded.Internal.ToString(), forwarded.External.ToString()));
    }

    [Fact]
    public void A_scenario_extends_another()
    {
        Assert.True(ScenarioReader.TryRead("title: T\nextends: internet\nhosts:\n  www:\n    interfaces:\n      eth0: { network: hosting, addresses: [203.0.113.80/26] }\n    gateways: [203.0.113.65]\n  new:\n    interfaces:\n      eth0: { network: home, dhcp: true }", out var scenario, out var error), error?.ToString());
        var whole = BuiltInScenarios.Get(BuiltInScenarios.Default);
        Assert.Equal([.. whole.Hosts.Select(static h => h.Name), "new"], scenario.Hosts.Select(static h => h.Name));
        Assert.Empty(scenario.Hosts.First(static h => h.Name == "www").Services);
        Assert.Equal((whole.Target, whole.From), (scenario.Target, scenario.From));
    }

    [Theory]
    [InlineData("title: T\nextends: nothing", 2, "no such scenario to extend")]
    [InlineData("title: T\nextends: internet\nhosts:\n  provider-router:\n    interfaces:\n      lan: { network: provider, addresses: [198.51.100.49/28] }", 2, "what is inherited no longer fits: there is no interface 'provider-router.access'")]
    [InlineData("title: T\nextends: internet\nzones:\n  com: nonsense", 4, "zone com")]
    public void What_does_not_fit_what_it_extends_is_refused(string text, int line, string reason)
    {
        Assert.False(ScenarioReader.TryRead(text, out _, out var error));
        Assert.Contains(reason, error.Reason, StringComparison.Ordinal);
        Assert.Equal(line, error.Line);
    }

    [Theory]
    [InlineData("outside: out", "outside: west", "r has no interface 'west'")]
    [InlineData("outside: out, ", "", "an interface to the outside")]
    [InlineData("mapping: address-dependent", "mapping: some", "expected endpoint-independent")]
    [InlineData("192.168.1.9:80", "192.168.1.9", "an IPv4 address and a port")]
    [InlineData("action: prohibit, ", "", "says what is done")]
    [InlineData("action: prohibit", "action: eat", "expected allow, drop, prohibit or refuse")]
    [InlineData("way: through", "way: up", "expected any, in, out or through")]
    [InlineData("version: 4", "version: 5", "expected 4 or 6")]
    [InlineData("port: 20-23", "port: 23-20", "expected a port")]
    [InlineData("in: out", "in: east", "r has no interface 'east'")]
    [InlineData("icmp-filter: too-big", "icmp-filter: some", "expected too-big, echo or all")]
    [InlineData("size-filter: 1450", "size-filter: 14", "expected a number from 68")]
    [InlineData("last: 192.168.1.60", "last: 192.168.2.60", "no address in the subnet")]
    [InlineData("last: 192.168.1.60", "last: 192.168.1.40", "the first address before the last")]
    [InlineData("{ a: 192.168.1.9 }", "{ z: 192.168.1.9 }", "no host or interface 'z'")]
    [InlineData("{ a: 192.168.1.9 }", "{ a: 192.0.2.9 }", "is not in 192.168.1.0/24")]
    [InlineData("lease: 600s", "lease: 0s", "a second at least")]
    [InlineData("interval: 30s", "interval: 1s", "every 4 to 1,800 seconds")]
    [InlineData("mtu: 1480", "mtu: 1000", "expected a number from 1280")]
    [InlineData("forwards: true", "forwards: false", "only a router advertises")]
    [InlineData("size-filter:", "sise-filter:", "'sise-filter' is not known here")]
    public void What_a_router_cannot_do_is_refused(string good, string bad, string reason)
    {
        Assert.Contains(good, Home, StringComparison.Ordinal);
        Assert.False(ScenarioReader.TryRead(Home.Replace(good, bad, StringComparison.Ordinal), out _, out var error));
        Assert.Contains(reason, error.Reason, StringComparison.Ordinal);
        Assert.InRange(error.Line, 1, 26);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("[]")]
    [InlineData("title: T\n---\ntitle: T")]
    [InlineData("&a [*a]")]
    [InlineData("hosts: {a: {interfaces: {x: [[[[[]]]]]}}}")]
    public void Nonsense_is_refused_without_an_exception(string text) => Assert.False(ScenarioReader.TryRead(text, out _, out _));
}
