using Fathom.Hosts.Transport;
using Fathom.Wire.Transport;

namespace Fathom.Lab.Application;

/// <summary>A listener whose connections are what their service's behavior makes of them.</summary>
internal sealed class WebListener(WebService service, IStreamListener listener) : IStreamListener
{
    public IpEndpoint Local => listener.Local;

    public async ValueTask<IStreamConnection> AcceptAsync(CancellationToken cancellation) => service.Receive(await listener.AcceptAsync(cancellation));

    public ValueTask DisposeAsync() => listener.DisposeAsync();
}
