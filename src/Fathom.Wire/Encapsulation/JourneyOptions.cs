namespace Fathom.Wire.Encapsulation;

/// <summary>What happens to a message's packets on their way. Packets are named by their numbers.</summary>
public sealed record JourneyOptions
{
    /// <summary>Packets that the link loses. A number that stands twice is lost twice: the repetition too.</summary>
    public IReadOnlyList<int> Lost { get; init; } = [];

    /// <summary>Packets that arrive twice.</summary>
    public IReadOnlyList<int> Duplicated { get; init; } = [];

    /// <summary>Time that a packet takes longer than the others, by its number less one; beyond the list none. It makes packets overtake each other.</summary>
    public IReadOnlyList<TimeSpan> ExtraDelays { get; init; } = [];

    /// <summary>Time that a packet takes at least.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Time between the sending of two packets.</summary>
    public TimeSpan Spacing { get; init; } = TimeSpan.FromMilliseconds(1);
}
