using System.Xml.Linq;

namespace Fathom.Architecture.Tests;

/// <summary>The direction of references between projects (ARCHITECTURE.md). An arrow may be left out, never added against it.</summary>
public class ReferenceTests
{
    // For each project, what it may reach, directly or through others.
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Fathom.Wire"] = [],
        ["Fathom.Stack"] = ["Fathom.Wire"],
        ["Fathom.Hosts"] = ["Fathom.Wire"],
        ["Fathom.Hosts.Stack"] = ["Fathom.Hosts", "Fathom.Stack", "Fathom.Wire"],
        ["Fathom.Hosts.Os"] = ["Fathom.Hosts", "Fathom.Hosts.Stack", "Fathom.Stack", "Fathom.Wire"],
        ["Fathom.Probes"] = ["Fathom.Hosts", "Fathom.Wire"],
        ["Fathom.Services"] = ["Fathom.Probes", "Fathom.Hosts", "Fathom.Wire"],
        ["Fathom.Lab"] = ["Fathom.Services", "Fathom.Hosts.Stack", "Fathom.Stack", "Fathom.Probes", "Fathom.Hosts", "Fathom.Wire"],
        ["Fathom.Diagnosis"] = ["Fathom.Probes", "Fathom.Hosts", "Fathom.Wire"],
        ["Fathom.Learn"] = ["Fathom.Diagnosis", "Fathom.Lab", "Fathom.Services", "Fathom.Hosts.Stack", "Fathom.Stack", "Fathom.Probes", "Fathom.Hosts", "Fathom.Wire"],
        ["Fathom.Web"] = ["Fathom.Learn", "Fathom.Diagnosis", "Fathom.Lab", "Fathom.Services", "Fathom.Hosts.Stack", "Fathom.Stack", "Fathom.Probes", "Fathom.Hosts", "Fathom.Wire"],
        ["Fathom.Cli"] = ["Fathom.Learn", "Fathom.Diagnosis", "Fathom.Lab", "Fathom.Services", "Fathom.Hosts.Stack", "Fathom.Stack", "Fathom.Probes", "Fathom.Hosts", "Fathom.Hosts.Os", "Fathom.Wire"],
    };

    // What each project may take from outside; everything else is our own (DESIGN: what we write and what we take).
    private static readonly Dictionary<string, string[]> Packages = new()
    {
        ["Fathom.Probes"] = ["BouncyCastle.Cryptography"],
        ["Fathom.Services"] = ["BouncyCastle.Cryptography"],
        ["Fathom.Lab"] = ["YamlDotNet"],
        ["Fathom.Cli"] = ["System.CommandLine", "Spectre.Console"],
    };

    public static TheoryData<string> Projects()
    {
        var data = new TheoryData<string>();
        foreach (var file in Directory.EnumerateFiles(Repository.Source, "*.csproj", SearchOption.AllDirectories)) data.Add(Path.GetFileNameWithoutExtension(file));
        return data;
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_only_what_lies_below_it(string project)
    {
        Assert.True(Allowed.TryGetValue(project, out var allowed), $"{project} has no place in the house: add it to this test and to ARCHITECTURE.md.");
        var references = References(project, "ProjectReference").Select(static r => Path.GetFileNameWithoutExtension(r.Replace('\\', '/')));
        Assert.Empty(references.Except(allowed!));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_takes_only_the_packages_that_the_design_names(string project)
        => Assert.Empty(References(project, "PackageReference").Except(Packages.GetValueOrDefault(project, [])));

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = File.ReadAllText(Path.Combine(Repository.Root, "Fathom.slnx"));
        var missing = Directory.EnumerateFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories)
            .Where(static f => !f.Contains("/artifacts/", StringComparison.Ordinal))
            .Select(f => Path.GetRelativePath(Repository.Root, f).Replace('\\', '/'))
            .Where(f => !solution.Contains($"\"{f}\"", StringComparison.Ordinal));
        Assert.Empty(missing);
    }

    private static IEnumerable<string> References(string project, string kind)
        => XDocument.Load(Path.Combine(Repository.Source, project, project + ".csproj")).Descendants(kind).Select(static e => (string?)e.Attribute("Include") ?? string.Empty);
}
