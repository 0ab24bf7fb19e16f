namespace Fathom.Hosts.Os.Linux.Native;

/// <summary>One descriptor's waiters: at most one for reading and one for writing. Entered in the poller at the first wait.</summary>
internal sealed class PollRegistration(FileDescriptor descriptor) : IDisposable
{
    private readonly Lock _gate = new();
    private Poller? _poller;
    private ulong _id;
    private TaskCompletionSource? _reader;
    private TaskCompletionSource? _writer;
    private bool _wakeReader;
    private bool _closed;

    /// <summary>Completes when there is something to read, or an error. It may complete for nothing: the caller looks, and waits again.</summary>
    public Task WaitReadableAsync(CancellationToken cancellation) => WaitAsync(reading: true, cancellation);

    /// <summary>Completes when there is room to write, or an error.</summary>
    public Task WaitWritableAsync(CancellationToken cancellation) => WaitAsync(reading: false, cancellation);

    /// <summary>Lets the reader look again, now or when it next waits.</summary>
    public void WakeReader()
    {
        TaskCompletionSource? reader;
        lock (_gate)
        {
            reader = _reader;
            _reader = null;
            _wakeReader = reader is null;
        }

        reader?.TrySetResult();
    }

    /// <summary>Called by the poller's thread with what epoll reported.</summary>
    public void Signal(uint events)
    {
        TaskCompletionSource? reader = null;
        TaskCompletionSource? writer = null;
        lock (_gate)
        {
            if ((events & (Poller.Readable | Poller.Failed)) != 0) (reader, _reader) = (_reader, null);
            if ((events & (Poller.Writable | Poller.Failed)) != 0) (writer, _writer) = (_writer, null);
            if (!_closed && (_reader is not null || _writer is not null) && Arm() != 0)
            {
                // Whoever waits looks again and meets the error in a call of its own.
                reader ??= _reader;
                writer ??= _writer;
                _reader = _writer = null;
            }
        }

        reader?.TrySetResult();
        writer?.TrySetResult();
    }

    /// <summary>Ends both waits with <see cref="ObjectDisposedException"/>.</summary>
    public void Dispose()
    {
        TaskCompletionSource? reader, writer;
        lock (_gate)
        {
            if (_closed) return;
            _closed = true;
            (reader, _reader) = (_reader, null);
            (writer, _writer) = (_writer, null);
            _poller?.Unregister(descriptor, _id);
        }

        var closed = new ObjectDisposedException(nameof(NativeSocket));
        reader?.TrySetException(closed);
        writer?.TrySetException(closed);
    }

    private async Task WaitAsync(bool reading, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        // Continuations must not run on the poller's thread.
        var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(NativeSocket));
            if (reading && _wakeReader)
            {
                _wakeReader = false;
                return;
            }

            ref var slot = ref (reading ? ref _reader : ref _writer);
            if (slot is not null) throw new InvalidOperationException("Another call waits on this socket in the same direction.");
            slot = waiter;
            var error = Enter();
            if (error == 0) error = Arm();
            if (error != 0)
            {
                slot = null;
                throw new IOException("The socket cannot be waited for: " + Errno.Describe(error));
            }
        }

        await using (cancellation.UnsafeRegister(_ => Cancel(waiter, cancellation), null))
        {
            await waiter.Task;
        }
    }

    private void Cancel(TaskCompletionSource waiter, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (_reader == waiter) _reader = null;
            if (_writer == waiter) _writer = null;
        }

        waiter.TrySetCanceled(cancellation);
    }

    private int Enter()
    {
        if (_poller is not null) return 0;
        var error = Poller.TryGet(out var poller);
        if (error == 0) error = poller!.Register(descriptor, this, out _id);
        if (error == 0) _poller = poller;
        return error;
    }

    private int Arm() => _poller!.Arm(descriptor, _id, (_reader is null ? 0 : Poller.Readable) | (_writer is null ? 0 : Poller.Writable));
}
