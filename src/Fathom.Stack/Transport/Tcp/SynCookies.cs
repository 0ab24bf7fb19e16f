using Fathom.Stack.Security;
using Fathom.Wire.Transport;

namespace Fathom.Stack.Transport.Tcp;

/// <summary>
/// Initial numbers that hold what a listener would have had to remember (RFC 4987 §3.6, appendix A): eight bits that say when, and which segment size;
/// twenty-four that only the key makes. Window scale, SACK and ECN go with the low bits of the timestamp, if the peer sends timestamps.
/// </summary>
internal sealed class SynCookies(KeyedHash hash)
{
    // RFC 4987: the counter moves every 64 s, and a cookie of the last step but one is too old: 64 to 128 s to come back.
    private const long StepTicks = 64 * TimeSpan.TicksPerSecond;

    private const int CounterBits = 5;
    private const int MacBits = 24;

    // Low bits of a timestamp: four of window scale (15: none), one each of SACK and ECN.
    private const int OptionBits = 6;

    // Sizes that peers announce, in the order of their numbers: IPv6's least, tunnels, PPPoE, Ethernet, and jumbo frames (9,000 octets less IPv6 and TCP).
    private static readonly ushort[] Sizes = [536, 1220, 1300, 1360, 1400, 1440, 1460, 8940];

    /// <summary>The cookie, as initial number.</summary>
    public SequenceNumber Make(in FlowKey key, SequenceNumber peerInitial, int segmentSize, TimeSpan now)
    {
        var index = Sizes.Length - 1;
        while (index > 0 && Sizes[index] > segmentSize) index--;
        var low = ((uint)Step(now) & ((1u << CounterBits) - 1)) | ((uint)index << CounterBits);
        return new SequenceNumber((Mac(key, peerInitial, Step(now), index) << 8) | low);
    }

    /// <summary>True if an acknowledgment brings back a cookie that was made lately.</summary>
    public bool TryRead(in FlowKey key, SequenceNumber peerInitial, SequenceNumber cookie, TimeSpan now, out int segmentSize)
    {
        segmentSize = 0;
        var index = (int)(cookie.Value >> CounterBits) & (Sizes.Length - 1);
        for (var step = Step(now); step >= Math.Max(0, Step(now) - 1); step--)
        {
            if (((uint)step & ((1u << CounterBits) - 1)) != (cookie.Value & ((1u << CounterBits) - 1))) continue;
            if (Mac(key, peerInitial, step, index) != cookie.Value >> 8) return false;
            segmentSize = Sizes[index];
            return true;
        }

        return false;
    }

    /// <summary>A timestamp not above the clock, whose low bits hold options.</summary>
    public static uint StampWith(uint clock, byte? scale, bool sack, bool ecn)
    {
        var bits = (uint)(scale ?? 15) | (sack ? 16u : 0) | (ecn ? 32u : 0);
        var stamp = (clock & ~((1u << OptionBits) - 1)) | bits;
        return (int)(stamp - clock) > 0 ? stamp - (1u << OptionBits) : stamp;
    }

    /// <summary>The options that an echoed timestamp holds.</summary>
    public static (byte? Scale, bool Sack, bool Ecn) OptionsOf(uint echo)
    {
        var scale = (byte)(echo & 15);
        return (scale == 15 ? null : scale, (echo & 16) != 0, (echo & 32) != 0);
    }

    private static long Step(TimeSpan now) => now.Ticks / StepTicks;

    private uint Mac(in FlowKey key, SequenceNumber peerInitial, long step, int index)
        => (uint)hash.Compute(key.Local.Address, key.Local.Port, key.Remote.Address, key.Remote.Port, ((ulong)peerInitial.Value << 32) ^ ((ulong)step << 3) ^ (uint)index) & ((1u << MacBits) - 1);
}
