using Fathom.Hosts.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Hosts.Transport;

/// <summary>How an attempt to open a TCP connection ended.</summary>
public abstract record ConnectResult
{
    private ConnectResult()
    {
    }

    /// <summary>The local endpoint that was used, so that captured packets can be matched; null where none was bound yet.</summary>
    public IpEndpoint? Local { get; init; }

    /// <summary>ICMP errors that came meanwhile, in order. They may be there beside success too (soft errors, RFC 1122 §4.2.3.9).</summary>
    public IReadOnlyList<NetworkError> Errors { get; init; } = [];

    /// <summary>The handshake is complete.</summary>
    /// <param name="Connection">The connection; the caller disposes of it.</param>
    public sealed record Connected(IStreamConnection Connection) : ConnectResult;

    /// <summary>The peer answered the SYN with an RST.</summary>
    public sealed record Reset : ConnectResult;

    /// <summary>An error ended the attempt: an ICMP message, or the host's own stack (no route, neighbor not resolved).</summary>
    /// <param name="Error">The error.</param>
    public sealed record Unreachable(NetworkError Error) : ConnectResult;

    /// <summary>No answer in time.</summary>
    /// <param name="Info">The figures of the attempt (SYN retransmissions), or null.</param>
    public sealed record TimedOut(TcpConnectionInfo? Info) : ConnectResult;

    /// <summary>The host would not even try (no such facility, not permitted, out of file descriptors).</summary>
    /// <param name="Refusal">The reason.</param>
    public sealed record Refused(HostRefusal Refusal) : ConnectResult;
}
