using Fathom.EndToEnd.Cases;
using Fathom.EndToEnd.Checks;
using Fathom.EndToEnd.Worlds;

namespace Fathom.EndToEnd;

/// <summary>Faults that look alike: each of two is named, and the other is not even mentioned as a finding.</summary>
public sealed class PairTests(CaseWorld world) : IClassFixture<CaseWorld>
{
    [Theory]
    [InlineData(Privilege.Root)]
    [InlineData(Privilege.Nobody)]
    public Task Reset_and_ICMP_reject(Privilege privilege) =>
        AssertToldApartAsync("tcp.refused: a firewall's RST", "path.filtered: ICMP reject by the host", privilege);

    [Theory]
    [InlineData(Privilege.Root)]
    [InlineData(Privilege.Nobody)]
    public Task Absent_host_and_wrong_prefix(Privilege privilege) =>
        AssertToldApartAsync("neighbor.host-absent", "address.wrong-prefix: target by address", privilege);

    [Theory]
    [InlineData(Privilege.Root)]
    [InlineData(Privilege.Nobody)]
    public Task Wrong_gateway_and_silent_path(Privilege privilege) =>
        AssertToldApartAsync("route.wrong-gateway: target by address", "path.silent: at the gateway", privilege);

    [Theory]
    [InlineData(Privilege.Root)]
    [InlineData(Privilege.Nobody)]
    public Task Server_firewall_and_path_filter(Privilege privilege) =>
        AssertToldApartAsync("tcp.filtered: on the server", "path.filtered", privilege);

    [Theory]
    [InlineData(Privilege.Root)]
    [InlineData(Privilege.Nobody)]
    public Task Black_hole_and_stalled_server_before_TLS(Privilege privilege) =>
        AssertToldApartAsync("path.mtu-blackhole: HTTPS", "tcp.stalled: no answer to the ClientHello", privilege);

    [Theory]
    [InlineData(Privilege.Root)]
    [InlineData(Privilege.Nobody)]
    public Task Black_hole_and_stalled_server_in_HTTP(Privilege privilege) =>
        AssertToldApartAsync("path.mtu-blackhole: HTTP", "http.timeout: HTTP", privilege);

    // The contract: an ordinary socket cannot tell a wrong prefix from an absent host, so it must say so.
    [Fact]
    public async Task Wrong_prefix_names_the_absent_host_as_the_alternative_for_an_ordinary_user()
    {
        var run = await CheckAsync(CaseGroup.Find("address.wrong-prefix: target by address"), Privilege.Nobody);

        ContractAssert.True(
            run,
            run.Document.Verdict.Alternatives.Any(other => other.Cause == "neighbor.host-absent"),
            "neighbor.host-absent is an alternative");
    }

    private async Task AssertToldApartAsync(string one, string other, Privilege privilege)
    {
        var (first, second) = (CaseGroup.Find(one), CaseGroup.Find(other));
        await AssertNamedAsync(first, second.Expect.Cause!, privilege);
        await AssertNamedAsync(second, first.Expect.Cause!, privilege);
    }

    private async Task AssertNamedAsync(FaultCase row, string lookAlike, Privilege privilege)
    {
        var run = await CheckAsync(row, privilege);
        VerdictAssert.IsAsExpected(run, row, privilege);
        ContractAssert.True(run, run.Document.Findings.All(finding => finding.Cause != lookAlike), $"{lookAlike} is no finding of {row.Name}");
    }

    private async Task<CheckRun> CheckAsync(FaultCase row, Privilege privilege)
    {
        Requirements.SkipWithoutWorld();
        FathomBinary.SkipIfAbsent();
        return await world.WithFaultAsync(row, here => world.Fathom(here).CheckAsync(privilege, row.Target));
    }
}
