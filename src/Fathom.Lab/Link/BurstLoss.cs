namespace Fathom.Lab.Link;

/// <summary>Loss in bursts (Gilbert 1960, Elliott 1963): a link that is good or bad, and changes by chance at each frame.</summary>
/// <param name="Begin">The share of frames at which a good link turns bad: 0 to 1.</param>
/// <param name="End">The share of frames at which a bad link turns good again: 0 to 1.</param>
/// <param name="LossWhileBad">The share of frames that a bad link loses: 0 to 1.</param>
public sealed record BurstLoss(double Begin, double End, double LossWhileBad = 1)
{
    internal void Check()
    {
        LinkSettings.CheckShare(Begin, nameof(Begin));
        LinkSettings.CheckShare(End, nameof(End));
        LinkSettings.CheckShare(LossWhileBad, nameof(LossWhileBad));
    }
}
