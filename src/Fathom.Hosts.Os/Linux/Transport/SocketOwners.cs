using System.Globalization;
using System.Text;
using Fathom.Hosts.Os.Linux.Native;
using Fathom.Hosts.Transport;

namespace Fathom.Hosts.Os.Linux.Transport;

/// <summary>
/// Finds the programs that have a socket open: /proc/PID/fd/N is a link "socket:[INODE]" (proc(5)). An ordinary user may look into the
/// own processes only.
/// </summary>
internal static class SocketOwners
{
    private const string Prefix = "socket:[";

    /// <summary>The owners of the sockets with these inodes; one whose owner may not be looked into is not in the result.</summary>
    /// <param name="inodes">The inodes.</param>
    public static IReadOnlyDictionary<uint, List<SocketOwner>> Find(IReadOnlySet<uint> inodes)
    {
        var owners = new Dictionary<uint, List<SocketOwner>>();
        if (inodes.Count == 0) return owners;
        foreach (var process in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(process.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var id)) continue;
            try
            {
                Look(process, id, inodes, owners);
            }
            catch (Exception e) when (e is UnauthorizedAccessException or IOException)
            {
                // Another user's, or it has ended meanwhile.
            }
        }

        return owners;
    }

    private static void Look(string process, int id, IReadOnlySet<uint> inodes, Dictionary<uint, List<SocketOwner>> owners)
    {
        string? name = null;
        foreach (var file in Directory.EnumerateFileSystemEntries(process + "/fd"))
        {
            if (InodeOf(file) is not { } inode || !inodes.Contains(inode)) continue;
            name ??= File.ReadAllText(process + "/comm").TrimEnd('\n');
            var descriptor = int.Parse(Path.GetFileName(file.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture);
            if (!owners.TryGetValue(inode, out var list)) owners[inode] = list = [];
            list.Add(new SocketOwner(id, name, descriptor));
        }
    }

    private static unsafe uint? InodeOf(string file)
    {
        Span<byte> target = stackalloc byte[64]; // "socket:[4294967295]" is 19 octets; what is longer is no socket
        nint length;
        fixed (byte* pointer = target) length = Libc.ReadLink(file, pointer, (nuint)target.Length);
        if (length <= Prefix.Length || length >= target.Length) return null;
        var text = Encoding.UTF8.GetString(target[..(int)length]);
        return text.StartsWith(Prefix, StringComparison.Ordinal) && text.EndsWith(']')
            && uint.TryParse(text.AsSpan(Prefix.Length, text.Length - Prefix.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var inode)
            ? inode
            : null;
    }
}
