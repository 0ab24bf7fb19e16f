using System.Text.Json;

namespace Fathom.Wire.Tests.Dissection;

/// <summary>Finds the shared captures and what TShark says of them; they are read in place.</summary>
internal static class ConformancePackets
{
    /// <summary>The folder, or null where it is absent.</summary>
    internal static string? Folder { get; } = Find();

    /// <summary>The folder; skips the test where it is absent.</summary>
    internal static string Require()
    {
        Assert.SkipWhen(Folder is null, "The shared conformance data (../shared/conformance/packets) is not here.");
        return Folder!;
    }

    /// <summary>Every capture of one set, with its expectations.</summary>
    internal static IEnumerable<(string Name, string Path, JsonElement Expected)> Captures(string set)
    {
        var root = Require();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(root, "expected", set), "*.json", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(file));
            var expected = document.RootElement.Clone();
            var name = expected.GetProperty("capture").GetString()!;
            yield return (name, Path.Combine(root, name), expected);
        }
    }

    private static string? Find()
    {
        var found = Path.Combine(Repository.Root, "..", "shared", "conformance", "packets");
        return Directory.Exists(found) ? Path.GetFullPath(found) : null;
    }
}
