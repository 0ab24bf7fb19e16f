namespace Fathom.Probes.Internet.Trace;

/// <summary>How a path is traced.</summary>
public sealed record TraceOptions
{
    /// <summary>Samples a hop at the most: at a sample a second this is a quarter of an hour.</summary>
    public const int MaximumSamples = 1000;

    /// <summary>What is sent.</summary>
    public TraceMethod Method { get; init; }

    /// <summary>The destination's port for UDP (33434 by default) and TCP (80 by default); null for the default.</summary>
    public ushort? Port { get; init; }

    /// <summary>The first hop limit, from 1.</summary>
    public int FirstHop { get; init; } = 1;

    /// <summary>The last hop limit, to 255; 30 as traceroute tries.</summary>
    public int MaximumHops { get; init; } = 30;

    /// <summary>Probes for each hop, 1 to <see cref="MaximumSamples"/>. Up to three go at once; <see cref="SampleSchedule"/> spaces the others.</summary>
    public int Samples { get; init; } = 3;

    /// <summary>How long an answer may take at the most. Usually far less is waited: see <see cref="TraceProbe"/>.</summary>
    public TimeSpan Wait { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Find the path MTU and where it changes, once the destination has answered.</summary>
    public bool FindMtu { get; init; }
}
