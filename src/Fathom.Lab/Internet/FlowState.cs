using Fathom.Lab.Transport;
using Fathom.Wire.Transport;

namespace Fathom.Lab.Internet;

/// <summary>What a firewall knows of one flow.</summary>
internal sealed class FlowState(IpEndpoint opener)
{
    /// <summary>How far the connection is, where it is one.</summary>
    public TcpTrack Tcp;

    /// <summary>Who sent its first packet.</summary>
    public IpEndpoint Opener => opener;

    /// <summary>When it is forgotten unless it goes on.</summary>
    public TimeSpan Until { get; set; }
}
