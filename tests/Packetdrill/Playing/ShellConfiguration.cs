using System.Globalization;
using System.Text.RegularExpressions;

namespace Packetdrill.Playing;

/// <summary>Reads shell text as configuration. What has no counterpart is told, so that a script that stands on it is not taken for one that passed or failed.</summary>
internal static partial class ShellConfiguration
{
    /// <summary>Applies the text of a setup.</summary>
    /// <returns>Why that cannot be done; null if it was.</returns>
    public static string? Apply(string text, Configuration configuration)
    {
        foreach (var words in ShellReader.Read(text))
        {
            if (Apply(words, configuration) is { } reason) return reason;
        }

        return null;
    }

    /// <summary>What a command in the middle of a script does, beside taking time.</summary>
    /// <param name="text">The text.</param>
    /// <param name="pause">How long it sleeps.</param>
    /// <param name="asksCounters">It looks the kernel's counters up (nstat): this runner has none, and lets it be.</param>
    /// <returns>Why that cannot be done; null if it was.</returns>
    public static string? ApplyWhileRunning(string text, out TimeSpan pause, out bool asksCounters)
    {
        pause = default;
        asksCounters = false;
        foreach (var words in ShellReader.Read(text))
        {
            if (words is ["sleep", var time] && double.TryParse(time, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)) pause += TimeSpan.FromSeconds(seconds);
            else if (words[0] == "nstat" && (words.Count == 1 || words.Contains("|") || words.Contains("-s"))) asksCounters = true;
            else if (!IsHarmless(words)) return $"'{string.Join(' ', words)}' while the script runs";
        }

        return null;
    }

    private static string? Apply(List<string> words, Configuration configuration)
    {
        var command = Path.GetFileName(words[0]);
        configuration.IsPaced |= IsPacing(words);
        switch (command)
        {
            case "source" or "." or "bash" or "sh" when words.Count == 2:
                return Apply([words[1]], configuration);
            case "sysctl" or "set_sysctls.py":
                foreach (var word in words.Skip(1).Where(static w => !w.StartsWith('-')))
                {
                    var parts = word.Split('=', 2);
                    if (parts.Length != 2) return $"'{string.Join(' ', words)}'";
                    if (Sysctls.Apply(NameOf(parts[0]), Evaluate(parts[1]), configuration) is { } reason) return reason;
                }

                return null;
            case "echo" when words is [_, var value, ">", var path] && (path.StartsWith("/proc/sys/", StringComparison.Ordinal) || path == "/sys/module/tcp_cubic/parameters/hystart"):
                return Sysctls.Apply(NameOf(path), value, configuration);
            case "ethtool" when words is [_, "-K", _, ..]:
                return Offloads(words, configuration);
            case "ip":
                return Route(words, configuration);
            case "dd":
                return MakeFile(words, configuration);
            default:
                return IsHarmless(words) ? null : $"'{string.Join(' ', words)}'";
        }
    }

    private static bool IsHarmless(List<string> words) => Path.GetFileName(words[0]) switch
    {
        "defaults.sh" or "rm" or ":" or "true" or "modprobe" or "nstat" => true,
        var name when name.StartsWith("sysctl_restore", StringComparison.Ordinal) => true,
        "tc" => (words.Contains("pfifo") && !words.Contains("limit")) || IsPacing(words),
        "ip" => words.Contains("tcp_metrics"),
        _ => false,
    };

    /// <summary>The queue that spreads the segments of a connection over time.</summary>
    private static bool IsPacing(List<string> words) => words[0] == "tc" && words[^1] == "fq";

    // "tso off gso off": without both, segments leave as they are on the wire.
    private static string? Offloads(List<string> words, Configuration configuration)
    {
        for (var i = 3; i + 1 < words.Count; i += 2)
        {
            if (words[i] is "tso" or "gso") configuration.HasSegmentationOffload = words[i + 1] == "on";
            else if (words[i] is not ("gro" or "lro" or "tx" or "rx" or "sg")) return $"'ethtool -K {words[i]}'";
        }

        return null;
    }

    private static string? Route(List<string> words, Configuration configuration)
    {
        if (IsHarmless(words)) return null;
        if (!words.Contains("route")) return words is [_, "link", "set", ..] && ValueOf(words, "mtu") is { } link ? SetMtu(link, configuration) : $"'{string.Join(' ', words)}'";
        for (var i = words.IndexOf("route") + 1; i < words.Count; i++)
        {
            var value = i + 1 < words.Count ? words[i + 1] : "";
            var isNumber = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
            switch (words[i])
            {
                case "advmss" when isNumber:
                    configuration.Tcp = configuration.Tcp with { AdvertisedSegmentSize = number };
                    break;
                case "initcwnd" when isNumber:
                    configuration.Tcp = configuration.Tcp with { InitialWindowSegments = number };
                    break;
                case "mtu" when value == "lock":
                    return "a route's MTU of its own, other than the interface's";
                case "mtu" when isNumber:
                    configuration.Mtu = number;
                    break;
                case "initrwnd" or "rto_min" or "quickack" or "congctl" or "features" or "window" or "rtt" or "rttvar" or "cwnd" or "ssthresh" or "reordering" or "hoplimit":
                    return $"'ip route … {words[i]}'";
            }
        }

        return null;
    }

    private static string? SetMtu(string value, Configuration configuration)
    {
        if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var mtu) || mtu is < 68 or > 65_535) return $"an MTU of {value}";
        configuration.Mtu = mtu;
        return null;
    }

    private static string? MakeFile(List<string> words, Configuration configuration)
    {
        string? Of(string key) => words.Find(w => w.StartsWith(key + "=", StringComparison.Ordinal))?[(key.Length + 1)..];
        if (Of("of") is not { } path || !long.TryParse(Of("bs"), out var size) || !long.TryParse(Of("count"), out var count)) return $"'{string.Join(' ', words)}'";
        configuration.Files[path] = size * count;
        return null;
    }

    private static string? ValueOf(List<string> words, string name) => words.IndexOf(name) is >= 0 and var i && i + 1 < words.Count ? words[i + 1] : null;

    private static string NameOf(string path) => path.Replace("/proc/sys/", "", StringComparison.Ordinal).Replace("/sys/module/", "", StringComparison.Ordinal).Replace('/', '.');

    // "$((256*1024))" is the only arithmetic that such text has.
    private static string Evaluate(string value) => Arithmetic().Replace(value, static m =>
    {
        long product = 1;
        foreach (var factor in m.Groups[1].Value.Split('*'))
        {
            if (!long.TryParse(factor, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number)) return m.Value;
            product = unchecked(product * number);
        }

        return product.ToString(CultureInfo.InvariantCulture);
    });

    [GeneratedRegex(@"\$\(\(([^)]*)\)\)")]
    private static partial Regex Arithmetic();
}
