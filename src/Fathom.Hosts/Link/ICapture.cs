namespace Fathom.Hosts.Link;

/// <summary>
/// A running capture. Frames that crossed an interface before a socket call returned can be read as soon
/// as it has returned, so that evidence is complete when a probe ends.
/// </summary>
public interface ICapture : IAsyncDisposable
{
    /// <summary>Takes the next frame, if one is there. Does not wait.</summary>
    /// <param name="frame">The frame, or null.</param>
    bool TryRead([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out CapturedFrame? frame);

    /// <summary>Waits until a frame may be there, or the capture has ended.</summary>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>False once the capture has ended.</returns>
    ValueTask<bool> WaitAsync(CancellationToken cancellation);

    /// <summary>Frames that were lost because they were not read in time.</summary>
    long Dropped { get; }
}
