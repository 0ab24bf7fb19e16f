using Fathom.Lab.Scenarios;
using Fathom.Probes.Internet.Ping;
using Fathom.Wire.Internet;

namespace Fathom.Lab.Tests.Link;

/// <summary>A damaged frame is lost, wherever on the way it was damaged: no router or switch in between vouches for it.</summary>
public class DamageTests
{
    private const string Way = """
        title: T
        target: http://192.0.2.130/
        routes: auto
        networks:
          near: { corrupt: 0% }
          far: { corrupt: 0% }
        links:
          - { between: [r1.out, r2.out], corrupt: 0% }
        hosts:
          a:
            interfaces:
              eth0: { network: near, addresses: [192.0.2.2/26, "2001:db8:1::2/64"] }
          r1:
            forwards: true
            interfaces:
              in: { network: near, addresses: [192.0.2.1/26, "2001:db8:1::1/64"] }
              out: { addresses: [192.0.2.65/30, "2001:db8:2::1/64"] }
          r2:
            forwards: true
            interfaces:
              out: { addresses: [192.0.2.66/30, "2001:db8:2::2/64"] }
              in: { network: far, addresses: [192.0.2.129/26, "2001:db8:4::1/64"] }
          b:
            interfaces:
              eth0: { network: far, addresses: [192.0.2.130/26, "2001:db8:4::2/64"] }
        """;

    // Seldom enough that no frame is damaged twice, which a sum may not show. The IPv6 header has no checksum: only the receiver's look at that of ICMPv6 tells (RFC 4443 §2.3).
    [Theory]
    [InlineData("near: { corrupt: 0% }", "near: { corrupt: 5% }")]
    [InlineData("out], corrupt: 0%", "out], corrupt: 5%")]
    [InlineData("far: { corrupt: 0% }", "far: { corrupt: 5% }")]
    public void What_is_answered_is_what_was_sent(string good, string bad)
    {
        foreach (var address in new[] { "192.0.2.130", "2001:db8:4::2" })
        {
            Assert.True(ScenarioReader.TryRead(Way.Replace(good, bad, StringComparison.Ordinal), out var scenario, out var error), error?.ToString());
            using var world = LabWorld.Create(scenario);
            var (answered, damaged) = (0, 0);
            world.Lab.Run(
                () => PingSeries.RunAsync(
                    world.From.Network, IpAddress.Parse(address), new PingOptions { Count = 200, Interval = TimeSpan.FromMilliseconds(10), Wait = TimeSpan.FromSeconds(5) },
                    e =>
                    {
                        if (e is PingEvent.Answered answer)
                        {
                            answered++;
                            if (answer.DamagedAt is not null) damaged++;
                        }
                    },
                    default),
                TimeSpan.FromMinutes(5));
            Assert.InRange(answered, 100, 195); // of the 200, those whose frames all crossed unhurt
            Assert.Equal(0, damaged);
        }
    }

    // ARP has no checksum: a damaged answer would send everything to nobody, for minutes.
    [Fact]
    public void No_neighbor_is_learned_from_a_damaged_answer()
    {
        Assert.True(ScenarioReader.TryRead(Way.Replace("near: { corrupt: 0% }", "near: { corrupt: 50% }", StringComparison.Ordinal), out var scenario, out var error), error?.ToString());
        for (var seed = 1ul; seed <= 40; seed++)
        {
            using var world = LabWorld.Create(scenario, new LabOptions { Seed = seed });
            world.Lab.Run(
                () => PingSeries.RunAsync(world.From.Network, IpAddress.Parse("192.0.2.1"), new PingOptions { Count = 2, Wait = TimeSpan.FromSeconds(5) }, static _ => { }, default),
                TimeSpan.FromMinutes(1));
            var known = world.Lab.Run(async () => (await world.From.Network.GetNeighborsAsync(default)).Value!, TimeSpan.FromSeconds(1)).Where(static n => n.HardwareAddress is not null && n.Address.IsV4);
            Assert.All(known, n => Assert.Equal(world.Lab.Find("r1")!.Ports[0].HardwareAddress, n.HardwareAddress));
        }
    }
}
