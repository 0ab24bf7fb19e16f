using Fathom.Stack.Security;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Stack.Transport.Tcp;

/// <summary>The numbers of a connection that only this host can tell beforehand: hashes of its ends, under keys that are made at the start.</summary>
internal sealed class HiddenNumbers(StackRandom random)
{
    private readonly KeyedHash _numbers = new(random);
    private readonly KeyedHash _offsets = new(random);

    /// <summary>The initial number: a clock of four microseconds, and what only the key makes of the connection (RFC 6528 §3).</summary>
    /// <param name="key">The connection's ends.</param>
    /// <param name="now">The time.</param>
    /// <param name="floor">The last number of the connection that this one follows, or null.</param>
    public SequenceNumber Initial(in FlowKey key, TimeSpan now, SequenceNumber? floor)
    {
        var number = new SequenceNumber((uint)_numbers.Compute(key.Local.Address, key.Local.Port, key.Remote.Address, key.Remote.Port, 0) + (uint)(now.Ticks / 40));

        // RFC 6191 §2: beyond the last number of the connection that this one follows.
        return floor is { } least && number <= least + 65_535 ? least + 65_535 + (uint)random.NextUInt32(65_536) : number;
    }

    /// <summary>What is added to the clock for a connection's timestamps (RFC 7323 §5.4): the same for the same ends, so that they go on growing.</summary>
    public uint TimestampOffset(in FlowKey key) => (uint)_offsets.Compute(key.Local.Address, 0, key.Remote.Address, 0, 0);

    /// <summary>Where the search for a client's port begins (RFC 6056 §3.3.3): a start that only the key makes of the peer.</summary>
    public uint PortStart(IpAddress local, IpEndpoint remote) => (uint)_numbers.Compute(local, 0, remote.Address, remote.Port, 1);
}
