using Fathom.Wire.Internet;

namespace Fathom.Cli.Tcp;

/// <summary>What <c>fathom tcp connect</c> was asked for.</summary>
internal sealed record TcpConnectRequest(string Host, ushort Port)
{
    public IpVersion? Version { get; init; }

    public TimeSpan Timeout { get; init; }

    public TimeSpan? Idle { get; init; }

    /// <summary>Sent instead of standard input; null for that.</summary>
    public byte[]? Send { get; init; }

    public bool HalfClose { get; init; } = true;

    public bool Abort { get; init; }

    public bool Info { get; init; }

    public bool ShowHandshake { get; init; }

    public bool ShowTeardown { get; init; }

    public bool Raw { get; init; }

    public bool Verbose { get; init; }

    public string? PcapFile { get; init; }

    public IpAddress? Source { get; init; }

    /// <summary>Something is told of the connection on standard output, so its octets are shown, not passed through.</summary>
    public bool IsReport => Info || ShowHandshake || ShowTeardown;

    public bool NeedsCapture => ShowHandshake || ShowTeardown || PcapFile is not null;
}
