using Fathom.Cli.Labs;
using Fathom.Lab.Scenarios;

namespace Fathom.Cli.Tests;

/// <summary>Several faults of one command line.</summary>
public class LabBreakageTests
{
    // What is behind the first fault has its place still: it is looked for on the way as it was.
    [Theory]
    [InlineData("link.down", "path.silent")]
    [InlineData("route.missing", "path.unreachable")]
    [InlineData("address.missing", "neighbor.unanswered")]
    [InlineData("dns.no-server", "dns.servfail")]
    [InlineData("link.no-interface", "tcp.refused")]
    public void Faults_are_put_in_any_order(string first, string second)
    {
        foreach (var words in new[] { new[] { first, second }, [second, first] })
        {
            using var world = LabWorld.CreateDefault();
            var broken = new LabBreakage(world);
            Assert.True(broken.TryBreakAll(world.From, words, out var reason), reason);
            Assert.Equal(words, broken.Words);
            Assert.True(broken.TryMend([], out _, out reason), reason);
        }
    }
}
