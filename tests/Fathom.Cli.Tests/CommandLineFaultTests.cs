using System.CommandLine;
using Fathom.Cli.Commands;

namespace Fathom.Cli.Tests;

/// <summary>What is wrong with a command line is said as it is.</summary>
public class CommandLineFaultTests
{
    [Theory]
    [InlineData("ping --count 1 --count 2 HOST", "--count is given 2 times: once is enough; 'fathom ping --help' tells more")]
    [InlineData("ping --lab=pair --lab=cafe --lab HOST", "--lab is given 3 times: once is enough; 'fathom ping --help' tells more")]
    [InlineData("ping --count x HOST", "--count 'x': expected a whole number; 'fathom ping --help' tells more")]
    [InlineData("ping --fault a --fault b HOST", null)]
    public void An_option_that_stands_twice_is_not_called_a_wrong_number(string line, string? said)
    {
        var ping = new Command("ping")
        {
            new Option<int>("--count"), new Option<string>("--lab") { Arity = ArgumentArity.ZeroOrOne }, new Option<string[]>("--fault"), new Argument<string>("HOST"),
        };
        var parsed = new RootCommand { ping }.Parse(line);
        Assert.Equal(said, parsed.Errors.Count == 0 ? null : CommandLineFault.Describe(parsed));
    }
}
