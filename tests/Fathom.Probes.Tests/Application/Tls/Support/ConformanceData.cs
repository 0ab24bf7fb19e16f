namespace Fathom.Probes.Tests.Application.Tls.Support;

/// <summary>The shared conformance data, read in place.</summary>
internal static class ConformanceData
{
    /// <summary>The path of a file there; skips the test where the data is absent.</summary>
    public static string Path(params string[] parts)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Fathom.slnx"))) folder = folder.Parent;
        // A worktree lies beside the main one or a level below it.
        foreach (var relative in new[] { "../shared/conformance", "../../shared/conformance" })
        {
            if (folder is null) break;
            var path = System.IO.Path.GetFullPath(System.IO.Path.Combine([folder.FullName, relative, .. parts]));
            if (System.IO.Path.Exists(path)) return path;
        }

        Assert.Skip("the shared conformance data is not there");
        return "";
    }
}
