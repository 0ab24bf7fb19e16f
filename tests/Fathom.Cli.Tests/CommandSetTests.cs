using Fathom.Cli.Commands;

namespace Fathom.Cli.Tests;

/// <summary>A word on the command line makes the command of that name.</summary>
public class CommandSetTests
{
    public static TheoryData<string> Names() => [.. CommandSet.Create(null).Select(static c => c.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_name_makes_that_command_alone(string name) => Assert.Equal(name, Assert.Single(CommandSet.Create(name)).Name);

    [Theory]
    [InlineData(null)]
    [InlineData("--help")]
    [InlineData("nothing")]
    public void Anything_else_makes_all(string? first) => Assert.True(CommandSet.Create(first).Count() > 20);
}
