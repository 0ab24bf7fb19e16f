using Fathom.Stack.Buffers;
using Fathom.Stack.Internet;

namespace Fathom.Lab.Internet;

/// <summary>Something in a host or router of the lab that does something to packets on their way through it.</summary>
public abstract class PacketBox : IPacketHook
{
    private protected PacketBox(LabHost host, string kind)
    {
        ArgumentNullException.ThrowIfNull(host);
        Host = host;
        Kind = kind;
    }

    /// <summary>The host that it is in.</summary>
    public LabHost Host { get; }

    /// <summary>What it is: "nat".</summary>
    public string Kind { get; }

    /// <summary>It is in the way; false once it was removed.</summary>
    public bool IsInstalled => Host.Boxes.Contains(this);

    /// <inheritdoc/>
    public virtual bool NeedsWholePackets => false;

    /// <summary>Takes it out of the packets' way.</summary>
    public void Remove() => Host.Remove(this);

    /// <inheritdoc/>
    public abstract HookVerdict Handle(PacketBuffer packet, in HookPoint point);

    /// <summary>The host has crashed: what it had learned is lost.</summary>
    internal virtual void Forget()
    {
    }

    private protected void Install() => Host.Add(this);

    private protected bool IsListenedTo => Host.Lab.IsListenedTo;

    private protected void Tell(string what) => Host.Lab.Tell($"{Host.Name}/{Kind}", what);
}
