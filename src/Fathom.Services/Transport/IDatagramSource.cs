using Fathom.Hosts.Transport;
using Fathom.Wire.Transport;

namespace Fathom.Services.Transport;

/// <summary>A datagram service that has more to send than answers, to peers that have asked for it.</summary>
public interface IDatagramSource : IDatagramService
{
    /// <summary>A datagram was taken, and its answer, if it had one, was sent. Returns at once.</summary>
    /// <param name="peer">Its sender, who may be forged: nothing is sent there before the peer has shown by other means that it waits for it.</param>
    /// <param name="through">The socket by which the peer is reached. It is closed when the server ends: what is sent then throws <see cref="ObjectDisposedException"/>.</param>
    void OnTaken(IpEndpoint peer, IDatagramSocket through);
}
