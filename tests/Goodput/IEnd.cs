using Fathom.Stack.Buffers;

namespace Goodput;

/// <summary>One end of a path: the kernel's TCP in a namespace of its own, or Fathom's. The client writes, the server reads.</summary>
internal interface IEnd : IDisposable
{
    /// <summary>What wakes the box when the end has packets; -1: it is asked.</summary>
    int Descriptor { get; }

    /// <summary>When the end wants to be called though no packet comes; null: never.</summary>
    TimeSpan? Deadline { get; }

    /// <summary>Octets that the end has read.</summary>
    long Received { get; }

    /// <summary>When the end read the last octet, on the box's clock; null while it has not.</summary>
    TimeSpan? FinishedAt { get; }

    /// <summary>Connects, where it is the client.</summary>
    void Start();

    /// <summary>Takes a packet that the end sends.</summary>
    bool TryTake(TimeSpan now, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out PacketBuffer? packet);

    /// <summary>Gives it a packet; the end's from here on.</summary>
    void Give(PacketBuffer packet, TimeSpan now);

    /// <summary>Lets it do what is due.</summary>
    void HandleDeadline(TimeSpan now);
}
