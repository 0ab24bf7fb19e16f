using Fathom.Wire.Transport;

namespace Fathom.Services.Transport;

/// <summary>Hears what happens at a <see cref="TcpServer"/>, as it happens. Calls may overlap.</summary>
public interface ITcpServerObserver
{
    /// <summary>A connection was accepted.</summary>
    /// <param name="session">The connection.</param>
    void OnAccepted(StreamSession session);

    /// <summary>A connection has ended; its counts and its <see cref="StreamSession.End"/> are final.</summary>
    /// <param name="session">The connection.</param>
    void OnEnded(StreamSession session);

    /// <summary>A client was reset because the server is full.</summary>
    /// <param name="remote">The client.</param>
    void OnTurnedAway(IpEndpoint remote);
}
