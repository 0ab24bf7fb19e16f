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

    /// <summary>0: glibc then asks nobody.</summary>
    public int Attempts { get; private set; } = 2; // RES_DFLRETRY

    /// <summary>Reads words separated by blanks.</summary>
    public void Read(ReadOnlySpan<char> text)
    {
        foreach (var range in text.SplitAny(' ', '\t', '\n'))
        {
            var word = text[range];
            if (word.StartsWith("ndots:")) Ndots = FourBits(Number(word[6..]));
            else if (word.StartsWith("timeout:")) Timeout = Math.Clamp(Number(word[8..]), 1, MaximumTimeout);
            else if (word.StartsWith("attempts:")) Attempts = Math.Clamp(Number(word[9..]), 0, MaximumAttempts);
        }
    }

    // The limit is checked from above only, and the field has four bits: -1 becomes 15.
    private static int FourBits(int value) => Math.Min(value, MaximumNdots) & MaximumNdots;

    // atoi: a sign and the digits at the beginning, 0 without any. More than the limits is as good as any number above them.
    private static int Number(ReadOnlySpan<char> text)
    {
        var isNegative = text.StartsWith('-');
        if (isNegative || text.StartsWith('+')) text = text[1..];
        var value = 0;
        foreach (var c in text)
        {
            if (!char.IsAsciiDigit(c)) break;
            value = Math.Min((value * 10) + (c - '0'), 1000);
        }

        return isNegative ? -value : value;
    }
}
