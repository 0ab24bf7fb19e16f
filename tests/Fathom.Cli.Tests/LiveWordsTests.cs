using Fathom.Cli.Labs;
using Fathom.Cli.Labs.Live;
using Fathom.Lab.Scenarios;

namespace Fathom.Cli.Tests;

/// <summary>What is typed while a lab runs is taken for a word, or refused; nothing that is typed ends the lab.</summary>
public class LiveWordsTests
{
    [Theory]
    [InlineData("", true)]
    [InlineData("\"", true)]
    [InlineData("\"\"", false)]
    [InlineData("\"\" x", false)]
    [InlineData("# a remark", true)]
    [InlineData("@", false)]
    [InlineData("break", false)]
    [InlineData("break tcp.refused@nowhere", false)]
    [InlineData("break tcp.refused", true)]
    [InlineData("mend tcp.refused", false)]
    [InlineData("hosts", true)]
    [InlineData("step", false)]
    [InlineData("help", true)]
    public void A_line_is_done_or_refused(string line, bool isDone)
    {
        using var world = LabWorld.CreateDefault();
        var words = new LiveWords(world.Lab, world.From, new LabBreakage(world)) { Quit = static () => Assert.Fail("it quits") };
        Assert.Equal(isDone, words.TryDo(line, out var answer));
        Assert.Equal(!isDone, words.HasRefused);
        Assert.True(isDone || answer.Length > 0, "why is said");
    }
}
