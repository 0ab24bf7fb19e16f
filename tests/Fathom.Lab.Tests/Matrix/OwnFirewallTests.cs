using Fathom.Diagnosis;
using Fathom.Lab.Internet;
using Fathom.Lab.Scenarios;
using Fathom.Wire.Internet;

namespace Fathom.Lab.Tests.Matrix;

/// <summary>A firewall on the host that checks, which says that it forbids, is called by its name: a rule of this machine. IPv6 tells (EACCES); in IPv4 the host says what it says of an absent neighbor.</summary>
public class OwnFirewallTests
{
    [Theory]
    [InlineData("https://www.example.com/", IpProtocol.Tcp, 443)]
    [InlineData("tcp://[2001:db8:80::80]:7", IpProtocol.Tcp, 7)]
    [InlineData("udp://[2001:db8:80::80]:7", IpProtocol.Udp, 7)]
    public void What_this_machine_forbids_is_no_riddle(string target, IpProtocol protocol, int port)
    {
        foreach (var captures in new[] { true, false })
        {
            using var world = LabWorld.CreateDefault();
            Firewall.AddTo(world.Lab.Find("laptop")!, new FirewallRule(FirewallAction.Prohibit) { Way = FirewallWay.Out, Protocol = protocol, DestinationPorts = (ushort)port });
            var report = MatrixRun.Check(world, "laptop", target, captures);
            Assert.True(report.Verdict is { Status: VerdictStatus.Broken, Root: { Cause: Causes.RouteProhibited, Stage: Stage.Route, Evidence.Count: > 0 } }, MatrixRun.Describe(report));
            Assert.DoesNotContain(Causes.RouteProhibited, report.Verdict.RuledOut);
        }
    }
}
