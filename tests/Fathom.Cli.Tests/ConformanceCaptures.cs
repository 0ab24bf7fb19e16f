namespace Fathom.Cli.Tests;

/// <summary>Captures of the shared conformance data, in a constant order.</summary>
internal static class ConformanceCaptures
{
    internal static IEnumerable<string> Paths()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "Fathom.slnx"))) continue;
            var found = Path.Combine(folder.FullName, "..", "shared", "conformance", "packets");
            Assert.SkipWhen(!Directory.Exists(found), "The shared conformance data (../shared/conformance/packets) is not here.");
            return new[] { "handmade", "wireshark" }.SelectMany(set => Directory.EnumerateFiles(Path.Combine(found, set), "*.pcap*")).Order(StringComparer.Ordinal);
        }

        throw new InvalidOperationException("The solution is not above the tests.");
    }
}
