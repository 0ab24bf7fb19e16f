using Fathom.Hosts;
using Fathom.Hosts.Internet;
using Fathom.Hosts.Transport;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Probes.Tests.Application.Tls.Support;

/// <summary>A peer that says prepared things, whatever it is told, and then ends or is silent for ever.</summary>
internal sealed class ScriptedConnection(StreamStatus? ending, params byte[][] answers) : IStreamConnection
{
    private readonly Queue<byte[]> _answers = new(answers);

    /// <summary>What was written.</summary>
    public List<byte[]> Written { get; } = [];

    /// <summary>Runs when a read finds nothing more to come.</summary>
    public Action? OnSilence { get; init; }

    /// <summary>When set, the last answer is given again and again.</summary>
    public bool RepeatsLast { get; init; }

    /// <summary>What writes end with.</summary>
    public StreamStatus WriteStatus { get; init; } = StreamStatus.Ok;

    public IpEndpoint Local => new(IpAddress.LoopbackV4, 1);

    public IpEndpoint Remote => new(IpAddress.LoopbackV4, 2);

    public ValueTask<StreamResult> WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        Written.Add(bytes.ToArray());
        return ValueTask.FromResult(new StreamResult(WriteStatus, WriteStatus == StreamStatus.Ok ? bytes.Length : 0));
    }

    public async ValueTask<StreamResult> ReadAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (_answers.Count > 0)
        {
            var answer = _answers.Count == 1 && RepeatsLast ? _answers.Peek() : _answers.Dequeue();
            answer.CopyTo(buffer);
            return new StreamResult(StreamStatus.Ok, answer.Length);
        }

        if (ending is { } status) return new StreamResult(status, 0);
        var never = new TaskCompletionSource();
        await using var registration = cancellation.Register(() => never.TrySetCanceled(cancellation));
        OnSilence?.Invoke();
        await never.Task;
        throw new InvalidOperationException("The silence ended.");
    }

    public ValueTask<StreamResult> ShutdownAsync(CancellationToken cancellation) => ValueTask.FromResult(new StreamResult(StreamStatus.Ok, 0));

    public void Abort()
    {
    }

    public HostResult<TcpConnectionInfo> GetTcpInfo() => new HostRefusal(HostRefusalKind.NotSupported, "not here");

    public IReadOnlyList<NetworkError> TakeErrors() => [];

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
