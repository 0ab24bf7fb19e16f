using Fathom.Lab.Scenarios;
using Fathom.Wire.Internet;

namespace Fathom.Cli.Labs.Up;

/// <summary>What <c>fathom lab up</c> is asked for.</summary>
/// <param name="ScenarioName">The scenario as the user named it.</param>
/// <param name="Scenario">The scenario.</param>
/// <param name="Device">The device's name.</param>
/// <param name="IsTap">A TAP device, else TUN.</param>
internal sealed record LabUpRequest(string ScenarioName, Scenario Scenario, string Device, bool IsTap)
{
    /// <summary>The network, or a host on it, where this machine is plugged in; null: beside the scenario's own host.</summary>
    public string? At { get; init; }

    public ulong Seed { get; init; } = 1;

    /// <summary>"CAUSE" or "CAUSE@PLACE".</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    /// <summary>Routes through the device beside those to the lab's networks.</summary>
    public IReadOnlyList<IpPrefix> Routes { get; init; } = [];

    /// <summary>Addresses and routes are set on the device.</summary>
    public bool SetsUp { get; init; } = true;

    /// <summary>Where the certificate of the lab's authority is written, or null.</summary>
    public string? AuthorityFile { get; init; }

    /// <summary>Where the device's frames are saved, or null.</summary>
    public string? Pcap { get; init; }

    /// <summary>When to stop by itself, or null.</summary>
    public TimeSpan? Limit { get; init; }
}
