using Fathom.Wire.Registries;

namespace Fathom.Wire.Tests.Registries;

public class RegistryTableTests
{
    [Theory]
    [InlineData("a,b,c", new[] { "a", "b", "c" })]
    [InlineData("a,,c", new[] { "a", "", "c" })]
    [InlineData("a,\"b, c\",d", new[] { "a", "b, c", "d" })]
    [InlineData("\"\"\"b\"\"\"", new[] { "\"b\"" })]
    [InlineData("", new[] { "" })]
    public void Cells_are_those_of_RFC_4180(string line, string[] cells) => Assert.Equal(cells, RegistryTable.Cells(line));

    [Fact]
    public void Comments_are_left_out() => Assert.All(RegistryTable.Lines("iana-ipv4-special.csv"), static l => Assert.NotEqual('#', l[0]));

    [Fact]
    public void A_name_that_is_not_embedded_is_a_defect() => Assert.Throws<ArgumentException>(() => RegistryTable.Open("nothing.csv"));
}
