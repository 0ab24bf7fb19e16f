using Fuzz;

namespace Fathom.Wire.Tests;

/// <summary>What fuzzing campaigns (tests/Fuzz) found worth keeping, played once: no exception, and what must hold for any octets holds.</summary>
public class FuzzCorpusTests
{
    public static TheoryData<string> Names => [.. FuzzTargets.All.Select(static t => t.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_input_of_the_corpus_is_read_or_refused(string name)
    {
        var target = FuzzTargets.All.Single(t => t.Name == name);
        var corpus = Corpus.Read(Folder(), name);
        Assert.NotEmpty(corpus);
        foreach (var input in corpus.Concat(target.Seeds)) target.Run(input);
    }

    private static string Folder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Fathom.slnx"))) return Path.Combine(folder.FullName, "tests", "Fuzz", "corpus");
        }

        throw new InvalidOperationException("Fathom.slnx is in no folder above the tests.");
    }
}
