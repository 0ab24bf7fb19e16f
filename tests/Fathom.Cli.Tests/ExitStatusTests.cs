namespace Fathom.Cli.Tests;

public class ExitStatusTests
{
    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0, 3, 3)]
    [InlineData(3, 1, 1)]
    [InlineData(1, 3, 1)]
    [InlineData(1, 2, 2)]
    [InlineData(2, 0, 2)]
    public void The_worst_is_taken_in_the_order_of_the_contract(int one, int other, int expected) => Assert.Equal(expected, ExitStatus.Worst(one, other));
}
