using Fathom.Lab.Capture;
using Fathom.Lab.Link;
using Fathom.Lab.Scenarios;
using Fathom.Probes.Internet.Ping;
using Fathom.Wire.Internet;

namespace Fathom.Lab.Tests.Capture;

/// <summary>Packets are followed over routers and address translation.</summary>
public class JourneyRecorderTests
{
    [Theory]
    [InlineData("internet", "203.0.113.80")] // translated by the home's router
    [InlineData("internet", "2001:db8:80::80")] // not translated
    [InlineData("tunnel", "203.0.113.80")] // the line to the home has no Ethernet
    [InlineData("tunnel", "2001:db8:80::80")]
    public void An_echo_crosses_three_routers_and_comes_back(string scenario, string address)
    {
        using var world = LabWorld.Create(BuiltInScenarios.Get(scenario));
        using var recorder = new JourneyRecorder(world.Lab);
        Ping(world, address);
        var echoes = recorder.Journeys.Where(static j => j.Hops.Count > 2).ToList();
        Assert.Equal(["laptop", "home-router", "provider-router", "hosting-router"], echoes[0].Hops.Select(static h => h.From.Host.Name));
        Assert.Equal("www", Assert.Single(echoes[0].Ends).Host.Name);
        Assert.Equal(["www", "hosting-router", "provider-router", "home-router"], echoes[1].Hops.Select(static h => h.From.Host.Name));
        Assert.Equal("laptop", Assert.Single(echoes[1].Ends).Host.Name);
        Assert.True(echoes[0].Ends[0].At <= echoes[1].SentAt);
    }

    [Fact]
    public void A_packet_that_a_link_loses_ends_there_with_the_reason()
    {
        using var world = LabWorld.Create(BuiltInScenarios.Get(BuiltInScenarios.Default));
        Ping(world, "203.0.113.80"); // neighbors are known from here on
        world.Lab.FindLink("home-router-provider-router")!.ToRight.Settings = world.Lab.FindLink("home-router-provider-router")!.ToRight.Settings with { Loss = 1 };
        using var recorder = new JourneyRecorder(world.Lab);
        Ping(world, "203.0.113.80");
        var lost = recorder.Journeys.First(static j => j.From.Name == "laptop" && j.Dropped is not null);
        Assert.Equal(FrameDrop.Lost, lost.Dropped);
        Assert.Equal("home-router", lost.Hops[^1].From.Host.Name);
        Assert.Empty(lost.Ends);
    }

    [Fact]
    public void A_question_to_all_reaches_all_and_is_one_journey()
    {
        using var world = LabWorld.Create(BuiltInScenarios.Get(BuiltInScenarios.Default));
        using var recorder = new JourneyRecorder(world.Lab);
        Ping(world, "203.0.113.80");
        var question = recorder.Journeys.First(static j => j.From.Name == "laptop" && j.Frame.Span[..6].IndexOfAnyExcept((byte)0xFF) < 0);
        Assert.Equal(["home-router", "phone", "printer"], question.Ends.Select(static e => e.Host.Name).Order());
    }

    private static void Ping(LabWorld world, string address)
        => world.Lab.Run(() => PingSeries.RunAsync(world.From.Network, IpAddress.Parse(address), new PingOptions { Count = 1, Wait = TimeSpan.FromSeconds(1) }, static _ => { }, default), TimeSpan.FromMinutes(1));
}
