using Packetdrill.Playing;

namespace Packetdrill.Tests;

/// <summary>The part of Python that code blocks use.</summary>
public class CodeBlockTests
{
    private static readonly Dictionary<string, double> Names = new() { ["tcpi_snd_cwnd"] = 10, ["tcpi_rtt"] = 100_500, ["tcpi_ca_state"] = 0, ["TCP_CA_Open"] = 0, ["tcpi_options"] = 7 };

    [Theory]
    [InlineData("assert tcpi_snd_cwnd == 10")]
    [InlineData("assert tcpi_snd_cwnd == 10, tcpi_snd_cwnd")]
    [InlineData("assert tcpi_snd_cwnd == 10, 'it, is: %d' % (tcpi_snd_cwnd)")]
    [InlineData("assert(tcpi_snd_cwnd >= 10 and not tcpi_snd_cwnd > 10)")]
    [InlineData("assert 9 < tcpi_snd_cwnd <= 10")]
    [InlineData("assert abs(tcpi_rtt - 100000) < 1000 or tcpi_rtt == 0")]
    [InlineData("assert (tcpi_options & 4) != 0, tcpi_options")]
    [InlineData("x = tcpi_snd_cwnd * 2 + 1\nassert x // 2 == 10 and x % 2 == 1 # odd\n")]
    [InlineData("assert tcpi_ca_state == TCP_CA_Open; assert 1 << 3 == 0x8")]
    [InlineData("assert (tcpi_snd_cwnd\n == 10)")]
    [InlineData("assert tcpi_snd_cwnd in (5, 10) and tcpi_snd_cwnd not in [1, 2]")]
    [InlineData("x = 3; x += 1; x *= 2\nassert x == 8, x")]
    [InlineData("assert min(3, 2) == 2 and max(1, 5.5) == 5.5 and int(2.9) == 2 and -1 < 0")]
    public void What_holds_passes(string code) => Assert.Equal((Verdict.Pass, ""), (CodeBlock.Run(code, Names, [], out var detail), detail));

    [Theory]
    [InlineData("assert tcpi_snd_cwnd in (5, 6)")]
    [InlineData("assert tcpi_snd_cwnd not in (5, 10)")]
    [InlineData("x = 3; x += 1; assert x == 3")]
    public void What_does_not_hold_fails(string code) => Assert.Equal(Verdict.Fail, CodeBlock.Run(code, Names, [], out _));

    [Fact]
    public void What_does_not_hold_fails_with_the_values()
    {
        Assert.Equal(Verdict.Fail, CodeBlock.Run("assert tcpi_snd_cwnd == 11, tcpi_snd_cwnd", Names, [], out var detail));
        Assert.Contains("tcpi_snd_cwnd is 10", detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("assert tcpi_of_the_future == 1")]
    [InlineData("import os")]
    [InlineData("os.system('true')")]
    [InlineData("assert open('/etc/passwd')")]
    [InlineData("for i in range(3): pass")]
    [InlineData("assert 1 +")]
    [InlineData("assert (1")]
    [InlineData("assert 'a' == 'a'")]
    [InlineData("assert 1 in 2")]
    public void What_is_not_understood_is_not_applicable(string code) => Assert.Equal(Verdict.NotApplicable, CodeBlock.Run(code, Names, [], out _));

    [Fact]
    public void Nesting_has_a_bound() => Assert.Equal(Verdict.NotApplicable, CodeBlock.Run("assert " + new string('(', 100_000), Names, [], out _));
}
