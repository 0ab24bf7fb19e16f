using Fathom.Hosts.Internet;
using Fathom.Hosts.Transport;

namespace Fathom.Services.Transport;

/// <summary>Hears what happens at a <see cref="UdpServer"/>, as it happens. Calls may overlap where the server has several sockets.</summary>
public interface IUdpServerObserver
{
    /// <summary>A datagram came.</summary>
    /// <param name="datagram">Sender, length, hop limit.</param>
    /// <param name="payload">The payload, as far as the buffer took it; valid until the method returns.</param>
    /// <param name="answer">Octets of the answer that is sent, or null for none.</param>
    void OnDatagram(DatagramEvent.Received datagram, ReadOnlySpan<byte> payload, int? answer);

    /// <summary>An error came for an answer that had been sent, or it could not be sent.</summary>
    /// <param name="error">The error.</param>
    void OnUndelivered(NetworkError error);
}
