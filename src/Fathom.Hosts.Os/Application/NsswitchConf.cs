namespace Fathom.Hosts.Os.Application;

/// <summary>nsswitch.conf(5): which services resolve host names.</summary>
internal static class NsswitchConf
{
    /// <summary>True where the hosts file takes part: glibc's default is "files dns" when the file or its hosts line is missing.</summary>
    public static bool UsesHostsFile(string text)
    {
        bool? uses = null;
        foreach (var line in text.Split('\n'))
        {
            var comment = line.IndexOf('#', StringComparison.Ordinal);
            var rule = (comment < 0 ? line : line[..comment]).Trim();
            var colon = rule.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0 || rule[..colon].TrimEnd() != "hosts") continue;
            // Actions in brackets may touch the words beside them: "files[NOTFOUND=return]".
            uses = Services(rule[(colon + 1)..]).Contains("files");
        }

        return uses ?? true;
    }

    private static IEnumerable<string> Services(string text)
    {
        var at = 0;
        while (at < text.Length)
        {
            var open = text.IndexOf('[', at);
            var end = open < 0 ? text.Length : open;
            foreach (var word in text[at..end].Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries)) yield return word;
            if (open < 0) yield break;
            var close = text.IndexOf(']', open);
            at = close < 0 ? text.Length : close + 1;
        }
    }
}
