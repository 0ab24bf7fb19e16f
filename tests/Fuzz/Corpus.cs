using System.Security.Cryptography;

namespace Fuzz;

/// <summary>Inputs that together reach what a campaign reached: a file for each target, one input a line in hexadecimal, the shortest first.</summary>
public static class Corpus
{
    /// <summary>The inputs of a target; none where it has no file.</summary>
    /// <param name="folder">The corpus.</param>
    /// <param name="target">The target's name.</param>
    public static IReadOnlyList<byte[]> Read(string folder, string target)
    {
        var path = PathOf(folder, target);
        return File.Exists(path) ? [.. File.ReadLines(path).Select(Convert.FromHexString)] : [];
    }

    /// <summary>Replaces a target's inputs.</summary>
    internal static void Write(string folder, string target, IEnumerable<byte[]> inputs)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllLines(PathOf(folder, target), inputs.Select(static i => Convert.ToHexStringLower(i)));
    }

    /// <summary>Keeps one input in a file of its own, named after its hash, and answers its path.</summary>
    internal static string WriteFind(string folder, string target, byte[] input)
    {
        var own = Directory.CreateDirectory(Path.Combine(folder, target)).FullName;
        var path = Path.Combine(own, Convert.ToHexStringLower(SHA256.HashData(input)));
        File.WriteAllBytes(path, input);
        return path;
    }

    /// <summary>
    /// Few of the inputs that reach every pair of branches that all reach: the shorter first, and of those the ones that reach something new;
    /// then, from the end, without those that the later ones make needless.
    /// </summary>
    internal static List<byte[]> Minimize(FuzzTarget target, IEnumerable<byte[]> inputs, CoverageMap map)
    {
        var few = new List<(byte[] Input, HashSet<int> Cells)>();
        var seen = new HashSet<int>();
        foreach (var input in inputs.OrderBy(static i => i.Length))
        {
            if (Reach(target, input, map) is { } cells && Adds(seen, cells)) few.Add((input, cells));
        }

        var covered = new HashSet<int>();
        var kept = new List<byte[]>();
        foreach (var (input, cells) in few.AsEnumerable().Reverse())
        {
            cells.ExceptWith(covered);
            if (cells.Count == 0) continue;
            var trimmed = Trim(target, input, cells, map);
            kept.Add(trimmed);
            if (Reach(target, trimmed, map) is { } reached) covered.UnionWith(reached);
        }

        kept.Reverse();
        return kept;
    }

    /// <summary>Leaves parts out as long as what the input is kept for is reached all the same.</summary>
    private static byte[] Trim(FuzzTarget target, byte[] input, HashSet<int> cells, CoverageMap map)
    {
        for (var size = Math.Max(input.Length / 2, 1); size >= 4; size /= 2)
        {
            for (var at = input.Length - size; at >= 0; at -= size)
            {
                byte[] shorter = [.. input[..at], .. input[(at + size)..]];
                if (Reach(target, shorter, map) is not { } reached || !reached.IsSupersetOf(cells)) continue;
                input = shorter;
                at = Math.Min(at, input.Length);
            }
        }

        return input;
    }

    private static bool Adds(HashSet<int> all, HashSet<int> cells)
    {
        var before = all.Count;
        all.UnionWith(cells);
        return all.Count > before;
    }

    private static HashSet<int>? Reach(FuzzTarget target, byte[] input, CoverageMap map)
    {
        map.Clear();
        try
        {
            target.Run(input);
        }
        catch (Exception)
        {
            return null; // a find, which has its own folder
        }

        return map.Cells();
    }

    private static string PathOf(string folder, string target) => Path.Combine(folder, target + ".txt");
}
