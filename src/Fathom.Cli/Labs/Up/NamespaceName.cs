namespace Fathom.Cli.Labs.Up;

/// <summary>The name that <c>ip netns</c> has for the network namespace that this process is in.</summary>
internal static class NamespaceName
{
    private const string Folder = "/run/netns/";

    // proc(5), mountinfo: the fourth field is the mounted file, here "net:[4026532177]", the fifth where it is mounted.
    private const int RootField = 3;
    private const int PlaceField = 4;

    /// <summary>The name; null where it has none, or it cannot be told.</summary>
    public static string? Find()
    {
        try
        {
            var own = new FileInfo("/proc/self/ns/net").LinkTarget;
            if (own is null) return null;
            foreach (var line in File.ReadLines("/proc/self/mountinfo"))
            {
                var fields = line.Split(' ');
                if (fields.Length > PlaceField && fields[RootField] == own && fields[PlaceField].StartsWith(Folder, StringComparison.Ordinal)) return fields[PlaceField][Folder.Length..];
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Then the general advice is given.
        }

        return null;
    }
}
