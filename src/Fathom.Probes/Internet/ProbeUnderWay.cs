namespace Fathom.Probes.Internet;

/// <summary>A probe that waits for its answer.</summary>
/// <typeparam name="TAnswer">What comes for it.</typeparam>
/// <param name="number">By which its answer is known.</param>
internal sealed class ProbeUnderWay<TAnswer>(ushort number)
    where TAnswer : class
{
    private readonly TaskCompletionSource<TAnswer?> _answer = new();

    /// <summary>By which its answer is known.</summary>
    public ushort Number => number;

    /// <summary>When it was sent, in ticks of the host's clock.</summary>
    public long SentAt { get; set; }

    /// <summary>Ends the wait.</summary>
    /// <param name="answer">The answer; null: it cannot be told what became of this probe.</param>
    public void Complete(TAnswer? answer) => _answer.TrySetResult(answer);

    /// <summary>Waits for the answer.</summary>
    /// <param name="cancellation">Ends the wait with an <see cref="OperationCanceledException"/>.</param>
    public Task<TAnswer?> WaitAsync(CancellationToken cancellation) => _answer.Task.WaitAsync(cancellation);
}
