using Fathom.Lab.Transport;

namespace Fathom.Lab.Internet;

/// <summary>What an address translator knows of one far end of a mapping.</summary>
internal sealed class NatSession
{
    /// <summary>How far the connection is, where it is one.</summary>
    public TcpTrack Tcp;

    /// <summary>When it ends unless it is used.</summary>
    public TimeSpan Until { get; set; }
}
