using System.Text;
using Fathom.Wire.Registries;

namespace Fathom.Wire.Link;

/// <summary>
/// The IEEE's assignments of MAC addresses: 51,888 rows as of 2024-07-22. They are decompressed when first asked for (some
/// ten milliseconds), kept as octets, and searched by halving.
/// </summary>
public static class OuiRegistry
{
    // From the longest to the shortest: the longest match counts.
    private static readonly int[] Lengths = [36, 28, 24];
    private static readonly Lazy<Table> All = new(Table.Load);

    /// <summary>Finds the assignment that an address is in, the longest of several; null where there is none.</summary>
    /// <param name="address">The address. Locally administered and group addresses are not assigned; the bits are taken as they are.</param>
    /// <param name="digits">Hexadecimal digits of the address that are known: 12, or fewer for a prefix.</param>
    public static OuiAssignment? Find(MacAddress address, int digits = 12)
    {
        foreach (var length in Lengths)
        {
            if (4 * digits >= length && All.Value.Find(address.Value >> (48 - length), length) is { } found) return found;
        }

        return null;
    }

    /// <summary>How many assignments there are.</summary>
    public static int Count => All.Value.Count;

    // One block for each length: keys sorted, and where each row's name begins in the text.
    private sealed class Table
    {
        private readonly byte[] _text;
        private readonly Dictionary<int, (ulong[] Keys, int[] Names)> _blocks = [];

        private Table(byte[] text)
        {
            _text = text;
            var rows = new Dictionary<int, (List<ulong> Keys, List<int> Names)> { [24] = ([], []), [28] = ([], []), [36] = ([], []) };
            for (var at = 0; at < text.Length;)
            {
                var end = at + text.AsSpan(at).IndexOf((byte)'\n');
                if (text[at] != '#')
                {
                    var (key, from) = (0UL, at);
                    for (; text[at] != ' '; at++) key = (key << 4) | (uint)(text[at] <= '9' ? text[at] - '0' : text[at] - 'A' + 10);
                    var (keys, names) = rows[4 * (at - from)];
                    keys.Add(key);
                    names.Add(at + 1);
                }

                at = end + 1;
            }

            foreach (var (length, (keys, names)) in rows) _blocks[length] = ([.. keys], [.. names]);
        }

        public int Count => _blocks.Values.Sum(static b => b.Keys.Length);

        public static Table Load()
        {
            using var stream = RegistryTable.Open("ieee-oui.txt.gz");
            using var text = new MemoryStream();
            stream.CopyTo(text);
            return new Table(text.ToArray());
        }

        public OuiAssignment? Find(ulong key, int length)
        {
            var (keys, names) = _blocks[length];
            var at = Array.BinarySearch(keys, key);
            if (at < 0) return null;
            var name = _text.AsSpan(names[at]);
            return new OuiAssignment(MacAddress.FromValue(key << (48 - length)), length, Encoding.UTF8.GetString(name[..name.IndexOf((byte)'\n')]));
        }
    }
}
