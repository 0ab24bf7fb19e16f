using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Packetdrill.Playing;

/// <summary>One connection of a script: its addresses and ports, and how the script's numbers map to those on the wire.</summary>
internal sealed class Flow(IpEndpoint local, IpEndpoint peer)
{
    /// <summary>
    /// The peer's initial sequence number: a little below the wrap, so that arithmetic modulo 2^32 is met by every script of some length.
    /// </summary>
    public const uint PeerInitialSequence = 0xFFFF_FC00;

    private readonly Dictionary<uint, uint> _timestamps = [];
    private uint _firstScriptTimestamp;
    private uint _firstTimestamp;

    public IpEndpoint Local { get; } = local;

    public IpEndpoint Peer { get; } = peer;

    /// <summary>The endpoint's initial sequence number, once it was seen.</summary>
    public uint? LocalInitialSequence { get; private set; }

    /// <summary>A new connection may begin on the same ports: the next SYN tells the endpoint's number anew.</summary>
    public bool MayLearn { get; set; } = true;

    /// <summary>When the endpoint's first timestamp was seen.</summary>
    public TimeSpan? FirstTimestampAt { get; private set; }

    /// <summary>The endpoint sent a SYN of its own before one came.</summary>
    public bool IsActive { get; set; }

    /// <summary>A SYN was injected; its numbers are those of the flow.</summary>
    public bool SawPeerSyn { get; set; }

    /// <summary>Anything was injected since the endpoint's SYN.</summary>
    public bool IsAnswered { get; set; }

    public void Learn(uint scriptSequence, uint actual)
    {
        LocalInitialSequence = unchecked(actual - scriptSequence);
        MayLearn = false;
    }

    /// <summary>The wire's number for one of the endpoint's.</summary>
    public uint ToLocal(uint script) => unchecked(script + (LocalInitialSequence ?? 0));

    /// <summary>The wire's number for one of the peer's.</summary>
    public static uint ToPeer(uint script) => unchecked(script + PeerInitialSequence);

    public uint FromLocal(uint actual) => unchecked(actual - (LocalInitialSequence ?? 0));

    public static uint FromPeer(uint actual) => unchecked(actual - PeerInitialSequence);

    /// <summary>Ties a script's timestamp to the one that was seen, and tells both counted from the first.</summary>
    public (uint Script, uint Actual) Map(uint script, uint actual, TimeSpan at)
    {
        if (FirstTimestampAt is null)
        {
            FirstTimestampAt = at;
            _firstScriptTimestamp = script;
            _firstTimestamp = actual;
        }

        _timestamps[script] = actual;
        return (unchecked(script - _firstScriptTimestamp), unchecked(actual - _firstTimestamp));
    }

    /// <summary>The endpoint's timestamp that a script's echo stands for.</summary>
    public uint ToTimestamp(uint script)
    {
        if (FirstTimestampAt is null) return script;
        return _timestamps.TryGetValue(script, out var actual) ? actual : unchecked(script - _firstScriptTimestamp + _firstTimestamp);
    }
}
