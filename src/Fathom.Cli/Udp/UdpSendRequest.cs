using Fathom.Wire.Internet;

namespace Fathom.Cli.Udp;

/// <summary>What <c>fathom udp send</c> was asked for.</summary>
internal sealed record UdpSendRequest(string Host, ushort Port, byte[] Payload)
{
    public IpVersion? Version { get; init; }

    public int Count { get; init; } = 1;

    public TimeSpan Interval { get; init; }

    public TimeSpan Wait { get; init; }

    public bool AllowGroups { get; init; }

    public int BufferSize { get; init; }

    public string? PcapFile { get; init; }
}
