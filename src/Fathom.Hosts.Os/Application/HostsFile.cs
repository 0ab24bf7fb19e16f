using Fathom.Hosts.Application;
using Fathom.Wire.Internet;

namespace Fathom.Hosts.Os.Application;

/// <summary>The hosts file as glibc reads it (nss/nss_files/files-hosts.c): address, name, aliases, and a comment from # on.</summary>
internal static class HostsFile
{
    // isspace of the C locale.
    private static readonly char[] Blanks = [' ', '\t', '\v', '\f', '\r'];

    // Block lists of half a million lines exist; a file beyond this bound is something else.
    private const int EntryLimit = 1_000_000;

    /// <summary>The entries in order. Lines without an address or a name are skipped, as glibc skips them.</summary>
    public static IReadOnlyList<HostsEntry> Parse(string text)
    {
        var entries = new List<HostsEntry>();
        var number = 0;
        foreach (var whole in text.Split('\n'))
        {
            number++;
            if (entries.Count >= EntryLimit) break;
            var comment = whole.IndexOf('#', StringComparison.Ordinal);
            var words = (comment < 0 ? whole : whole[..comment]).Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length < 2) continue;
            // inet_pton: strict, and without zones. glibc does not find a name that is given a zoned address.
            if (words[0].Contains('%', StringComparison.Ordinal) || !IpAddress.TryParse(words[0], out var address)) continue;
            entries.Add(new HostsEntry(address, words[1..], number));
        }

        return entries;
    }
}
