using Fathom.Hosts;
using Fathom.Hosts.Internet;
using Fathom.Hosts.Transport;
using Fathom.Wire.Transport;

namespace Fathom.Probes.Tests.Application.Tls.Support;

/// <summary>
/// After a number of writes it hands over all that the peer sends until its end in one read, as a fast peer and a
/// slow reader would see it.
/// </summary>
internal sealed class GatheringConnection(IStreamConnection inner, int afterWrites) : IStreamConnection
{
    private int _writes;
    private StreamResult _end;

    public IpEndpoint Local => inner.Local;

    public IpEndpoint Remote => inner.Remote;

    public ValueTask<StreamResult> WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        _writes++;
        return inner.WriteAsync(bytes, cancellation);
    }

    public async ValueTask<StreamResult> ReadAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        if (_end.Status != StreamStatus.None) return _end;
        if (_writes < afterWrites) return await inner.ReadAsync(buffer, cancellation);
        var count = 0;
        while (true)
        {
            var read = await inner.ReadAsync(buffer[count..], cancellation);
            if (read.Status != StreamStatus.Ok)
            {
                _end = read;
                return count == 0 ? read : new StreamResult(StreamStatus.Ok, count);
            }

            count += read.Count;
        }
    }

    public ValueTask<StreamResult> ShutdownAsync(CancellationToken cancellation) => inner.ShutdownAsync(cancellation);

    public void Abort() => inner.Abort();

    public HostResult<TcpConnectionInfo> GetTcpInfo() => inner.GetTcpInfo();

    public IReadOnlyList<NetworkError> TakeErrors() => inner.TakeErrors();

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
