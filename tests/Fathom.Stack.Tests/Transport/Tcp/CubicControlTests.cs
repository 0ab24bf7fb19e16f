using Fathom.Stack.Transport.Tcp;

namespace Fathom.Stack.Tests.Transport.Tcp;

/// <summary>The window of CUBIC over time: the numbers are those of the equations of RFC 9438.</summary>
public class CubicControlTests
{
    private const int Segment = 1000;
    private const long RoundTrip = 100 * TimeSpan.TicksPerMillisecond;

    /// <summary>§4.8: in the first congestion avoidance after a time-out K is 0 and W_max the window at its beginning: no plateau where the last loss was.</summary>
    [Fact]
    public void After_a_timeout_growth_begins_at_the_window_of_the_moment()
    {
        var control = new CubicControl();
        var window = control.OnLoss(1000 * Segment, Segment);
        control.OnTimeout();
        Assert.Equal(700 * Segment, window);

        // After 10 s, W_cubic(t) = 0.4 t^3 + W_max = 400 + 700 segments; with the K of the loss, cbrt(300 / 0.4) = 9.09 s, it would be about 1000.
        window = Run(control, window, TimeSpan.FromSeconds(10));
        Assert.InRange(window, 1080 * Segment, 1120 * Segment);
    }

    /// <summary>§4.2 and §4.6: after a loss the window comes back to where it was after K = cbrt(W_max 0.3 / 0.4) seconds.</summary>
    [Fact]
    public void After_a_loss_the_window_is_at_its_maximum_again_after_K()
    {
        var control = new CubicControl();
        var window = control.OnLoss(1000 * Segment, Segment);
        window = Run(control, window, TimeSpan.FromSeconds(9.09));
        Assert.InRange(window, 995 * Segment, 1005 * Segment);
    }

    /// <summary>§4.7: a flow that loses below its last maximum aims at (1 + 0.7) / 2 of the window of the loss.</summary>
    [Fact]
    public void Fast_convergence_makes_room()
    {
        var control = new CubicControl();
        control.OnLoss(1000 * Segment, Segment);
        var window = control.OnLoss(800 * Segment, Segment);
        Assert.Equal(560 * Segment, window);

        // W_max = 680: K = cbrt(120 / 0.4) = 6.69 s.
        window = Run(control, window, TimeSpan.FromSeconds(6.69));
        Assert.InRange(window, 676 * Segment, 684 * Segment);
    }

    // A window of acknowledgments in each round trip, told in ten pieces.
    private static int Run(CubicControl control, int window, TimeSpan time)
    {
        for (var now = RoundTrip; now < time.Ticks; now += RoundTrip / 10) window = control.Grow(window, window / 10, Segment, RoundTrip, now);
        return window;
    }
}
