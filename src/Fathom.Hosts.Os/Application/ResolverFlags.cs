namespace Fathom.Hosts.Os.Application;

/// <summary>The options of resolv.conf and RES_OPTIONS, with glibc's limits (res_setoptions in resolv/res_init.c). Unknown ones are skipped.</summary>
internal sealed class ResolverFlags
{
    private const int MaximumNdots = 15; // RES_MAXNDOTS
    private const int MaximumTimeout = 30; // RES_MAXRETRANS, seconds
    private const int MaximumAttempts = 5; // RES_MAXRETRY

    public int Ndots { get; private set; } = 1;

    /// <summary>Seconds. glibc takes 0 for 1.</summary>
    public int Timeout { get; private set; } = 5; // RES_TIMEOUT

    public int Attempts { get; private set; } = 2; // RES_DFLRETRY

    /// <summary>Reads words separated by blanks.</summary>
    public void Read(ReadOnlySpan<char> text)
    {
        foreach (var range in text.SplitAny(' ', '\t', '\n'))
        {
            var word = text[range];
            if (word.StartsWith("ndots:")) Ndots = Math.Min(Number(word[6..]), MaximumNdots);
            else if (word.StartsWith("timeout:")) Timeout = Math.Max(1, Math.Min(Number(word[8..]), MaximumTimeout));
            else if (word.StartsWith("attempts:")) Attempts = Math.Min(Number(word[9..]), MaximumAttempts);
        }
    }

    // atoi: the digits at the beginning, 0 without any. More than the limits is as good as any number above them.
    private static int Number(ReadOnlySpan<char> text)
    {
        var value = 0;
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c)) break;
            value = Math.Min((value * 10) + (c - '0'), 1000);
        }

        return value;
    }
}
