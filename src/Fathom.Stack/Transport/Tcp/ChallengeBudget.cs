namespace Fathom.Stack.Transport.Tcp;

/// <summary>
/// How many challenge ACKs may still be sent in a second. RFC 5961 §7: a limit for the whole stack, which is no secret; that it changes
/// each second makes counting it useless (Cao et al., 2016).
/// </summary>
internal sealed class ChallengeBudget(StackRandom random, TcpSettings settings)
{
    private TimeSpan? _since;
    private int _left;

    /// <summary>Takes one, where there is one left.</summary>
    public bool TryTake(TimeSpan now)
    {
        if (_since is not { } since || now - since >= TimeSpan.FromSeconds(1))
        {
            _since = now;
            var half = Math.Max(1, settings.ChallengeAcksPerSecond / 2);
            _left = half + (int)random.NextUInt32((uint)half + 1);
        }

        if (_left == 0) return false;
        _left--;
        return true;
    }
}
