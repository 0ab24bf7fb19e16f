using Fathom.Lab.Link;

namespace Fathom.Lab.Capture;

/// <summary>One packet on its way through a lab: from the host that made it over its routers to where it ended.</summary>
public sealed class Journey
{
    private readonly List<JourneyHop> _hops = [];

    internal Journey(int number) => Number = number;

    /// <summary>Its number, from 1, in the order of departure.</summary>
    public int Number { get; }

    /// <summary>The links that it crossed, in their order; one at least.</summary>
    public IReadOnlyList<JourneyHop> Hops => _hops;

    /// <summary>The host that made it.</summary>
    public LabHost From => _hops[0].From.Host;

    /// <summary>When it began.</summary>
    public TimeSpan SentAt => _hops[0].SentAt;

    /// <summary>The first frame.</summary>
    public ReadOnlyMemory<byte> Frame => _hops[0].Frame;

    /// <summary>Where it ended; several hosts for a frame to a group, none for a packet that was lost or is under way.</summary>
    public IReadOnlyList<(LabHost Host, TimeSpan At)> Ends => _hops[^1].Arrivals;

    /// <summary>Why its last link dropped it; null where it did not.</summary>
    public FrameDrop? Dropped => _hops[^1].Dropped;

    internal void Add(JourneyHop hop) => _hops.Add(hop);
}
