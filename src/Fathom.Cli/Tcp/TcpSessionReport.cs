using Fathom.Hosts.Internet;
using Fathom.Hosts.Transport;
using Fathom.Probes.Transport;

namespace Fathom.Cli.Tcp;

/// <summary>What is known of one run of <c>fathom tcp connect</c>.</summary>
internal sealed class TcpSessionReport
{
    /// <summary>Octets of what was received that a JSON document holds.</summary>
    public const int KeptOctets = 64 * 1024;

    public List<ConnectOutcome> Attempts { get; } = [];

    public HandshakeTranscript? Handshake { get; set; }

    public TcpConnectionInfo? InfoAtStart { get; set; }

    public TcpConnectionInfo? Info { get; set; }

    public StreamRelayResult? Relay { get; set; }

    public TeardownTranscript? Teardown { get; set; }

    public IReadOnlyList<NetworkError> Errors { get; set; } = [];

    /// <summary>The first octets received, for JSON.</summary>
    public MemoryStream Received { get; } = new();

    public string? CaptureRefusal { get; init; }
}
