using Fathom.Hosts;
using Fathom.Hosts.Internet;
using Fathom.Hosts.Transport;
using Fathom.Wire.Transport;

namespace Fathom.Lab.Application;

/// <summary>A connection that does what another does, but for what is overridden.</summary>
internal abstract class WrappedConnection(IStreamConnection inner) : IStreamConnection
{
    public IpEndpoint Local => Inner.Local;

    public IpEndpoint Remote => Inner.Remote;

    protected IStreamConnection Inner { get; } = inner;

    public virtual ValueTask<StreamResult> WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation) => Inner.WriteAsync(bytes, cancellation);

    public virtual ValueTask<StreamResult> ReadAsync(Memory<byte> buffer, CancellationToken cancellation) => Inner.ReadAsync(buffer, cancellation);

    public virtual ValueTask<StreamResult> ShutdownAsync(CancellationToken cancellation) => Inner.ShutdownAsync(cancellation);

    public void Abort() => Inner.Abort();

    public HostResult<TcpConnectionInfo> GetTcpInfo() => Inner.GetTcpInfo();

    public IReadOnlyList<NetworkError> TakeErrors() => Inner.TakeErrors();

    public ValueTask DisposeAsync() => Inner.DisposeAsync();

    /// <summary>Reads until the peer ends the stream.</summary>
    protected async Task DrainAsync(CancellationToken cancellation)
    {
        var buffer = new byte[4096];
        while ((await Inner.ReadAsync(buffer, cancellation)).Status == StreamStatus.Ok)
        {
        }
    }
}
