namespace Fathom.Probes.Internet.Path;

/// <summary>Searches for the size at which packets begin to vanish, by halving.</summary>
public static class SizeSearch
{
    // The search ends when the answer is this close: an Ethernet with a tunnel header more or less is told apart.
    private const int Resolution = 4;

    /// <summary>Searches.</summary>
    /// <param name="passed">A size that is known to pass, in octets.</param>
    /// <param name="lost">A larger size that is known to vanish.</param>
    /// <param name="passes">Does a size pass?</param>
    /// <returns>The largest size that passed and the smallest that did not, at most four octets apart.</returns>
    public static async Task<(int Passed, int Lost)> RunAsync(int passed, int lost, Func<int, Task<bool>> passes)
    {
        ArgumentNullException.ThrowIfNull(passes);
        while (lost - passed > Resolution)
        {
            var middle = (passed + lost) / 2;
            if (await passes(middle)) passed = middle;
            else lost = middle;
        }

        return (passed, lost);
    }
}
