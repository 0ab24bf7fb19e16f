namespace Fathom.Wire.Encapsulation;

/// <summary>How a message's packets travelled, and what came out.</summary>
/// <param name="Steps">What happened, in order.</param>
/// <param name="Frames">What the receiver's end of the link saw, in order.</param>
/// <param name="Delivered">What the receiving application got, from the message's first octet on.</param>
/// <param name="Missing">The parts of the message that it did not get: first octet and length.</param>
/// <param name="Sent">Packets of the message sent, repetitions among them.</param>
/// <param name="Elapsed">From the first packet to the end.</param>
public sealed record JourneyReport(
    IReadOnlyList<JourneyStep> Steps, IReadOnlyList<JourneyFrame> Frames, ReadOnlyMemory<byte> Delivered, IReadOnlyList<(int Offset, int Length)> Missing, int Sent, TimeSpan Elapsed)
{
    /// <summary>The message arrived whole.</summary>
    public bool IsIntact => Missing.Count == 0;
}
