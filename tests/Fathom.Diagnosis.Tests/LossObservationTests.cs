using Fathom.Diagnosis.Internet;

namespace Fathom.Diagnosis.Tests;

/// <summary>The lower bound against published values of Wilson's score interval (R: prop.test(k, n, correct = FALSE)).</summary>
public class LossObservationTests
{
    [Theory]
    [InlineData(10, 0, 0.0)]
    [InlineData(10, 1, 0.017876)]
    [InlineData(50, 5, 0.043476)]
    [InlineData(100, 10, 0.055229)]
    [InlineData(10, 10, 0.722467)]
    public void The_lower_bound_is_that_of_the_score_interval(int sent, int lost, double expected)
        => Assert.Equal(expected, new LossObservation(sent, lost, "echo requests", []).LowerBound, 4);

    [Theory]
    [InlineData(50, 1, false)]
    [InlineData(50, 3, false)]
    [InlineData(50, 5, true)]
    [InlineData(200, 8, false)]
    [InlineData(200, 14, true)]
    public void Loss_is_called_only_when_the_lower_bound_exceeds_three_percent(int sent, int lost, bool called)
        => Assert.Equal(called, PathLossCause.Judge(new LossObservation(sent, lost, "echo requests", ["socket:1"]), "shop.example", seenByTcp: true) is not null);
}
