using System.Diagnostics.CodeAnalysis;
using Fathom.Hosts.Link;

namespace Fathom.Hosts.Stack.Link;

/// <summary>A capture at the interfaces of a stack: each frame as the driver brings or takes it.</summary>
internal sealed class StackCapture : ICapture
{
    private readonly StackHost _host;
    private readonly CaptureOptions _options;
    private readonly Queue<CapturedFrame> _frames = new();
    private readonly Wait<bool> _waiting;
    private long _octets;
    private long _dropped;
    private bool _isClosed;

    public StackCapture(StackHost host, CaptureOptions options)
    {
        _host = host;
        _options = options;
        _waiting = new Wait<bool>(host.Driver);
    }

    public long Dropped
    {
        get
        {
            lock (_host.Driver.Gate) return _dropped;
        }
    }

    /// <summary>Takes a frame. Called with the gate held.</summary>
    public void Add(int interfaceIndex, string interfaceName, int linkType, FrameDirection direction, DateTimeOffset at, ReadOnlySpan<byte> frame)
    {
        if (_options.InterfaceIndex is { } only && only != interfaceIndex) return;
        var kept = frame[..Math.Min(frame.Length, _options.SnapLength)];
        if (_octets + kept.Length > _options.BufferSize)
        {
            _dropped++;
            return;
        }

        _octets += kept.Length;
        _frames.Enqueue(new CapturedFrame(interfaceIndex, interfaceName, linkType, direction, at, frame.Length, kept.ToArray()));
        if (_waiting.IsOpen) _waiting.Complete(true);
    }

    public bool TryRead([NotNullWhen(true)] out CapturedFrame? frame)
    {
        lock (_host.Driver.Gate)
        {
            if (!_frames.TryDequeue(out frame)) return false;
            _octets -= frame.Bytes.Length;
            return true;
        }
    }

    public ValueTask<bool> WaitAsync(CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested) return ValueTask.FromCanceled<bool>(cancellation);
        lock (_host.Driver.Gate)
        {
            _waiting.ThrowIfBusy();
            if (_frames.Count > 0) return new ValueTask<bool>(true);
            return _isClosed ? new ValueTask<bool>(false) : _waiting.Begin(cancellation);
        }
    }

    public ValueTask DisposeAsync()
    {
        lock (_host.Driver.Gate)
        {
            if (_isClosed) return default;
            _isClosed = true;
            _host.Remove(this);
            if (_waiting.IsOpen) _waiting.Complete(false);
            return default;
        }
    }
}
