using Fathom.Stack.Internet;
using Fathom.Stack.Transport;
using Fathom.Stack.Transport.Tcp;

namespace Fathom.Stack;

/// <summary>What a stack is to be.</summary>
public sealed record StackOptions
{
    /// <summary>How the internet layer behaves; forwarding is there.</summary>
    public IpSettings Ip { get; init; } = new();

    /// <summary>How UDP behaves.</summary>
    public UdpSettings Udp { get; init; } = new();

    /// <summary>How TCP behaves.</summary>
    public TcpSettings Tcp { get; init; } = new();
}
