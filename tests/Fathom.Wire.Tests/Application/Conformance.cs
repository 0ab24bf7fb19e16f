namespace Fathom.Wire.Tests.Application;

/// <summary>Finds the shared conformance data, which lies beside the repository and is never copied into it.</summary>
internal static class Conformance
{
    /// <summary>The path of a file or folder of the pack; skips the test where the pack is absent.</summary>
    public static string Require(params ReadOnlySpan<string> path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "Fathom.slnx"))) continue;
            var pack = Path.Combine(folder.FullName, "..", "shared", "conformance");
            if (Directory.Exists(pack)) return Path.Combine([pack, .. path]);
            break;
        }

        Assert.Skip("The conformance pack ../shared/conformance is not here.");
        return "";
    }
}
