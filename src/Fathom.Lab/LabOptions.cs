namespace Fathom.Lab;

/// <summary>What a lab is to be.</summary>
public sealed record LabOptions
{
    /// <summary>Decides all luck: the same seed, the same packets.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The date and time at which it begins. Fixed, since certificates and logs speak of it.</summary>
    public DateTimeOffset Start { get; init; } = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Keep a hash of everything that happens, <see cref="Lab.LogHash"/>.</summary>
    public bool HashesLog { get; init; }
}
