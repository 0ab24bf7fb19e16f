using Fathom.Stack.Buffers;
using Fathom.Stack.Timing;
using Fathom.Wire.Link;

namespace Fathom.Lab.Link;

/// <summary>
/// One direction of a link. When a frame begins to be sent, and when it arrives, is known as soon as it is handed over, since frames are sent in order: so a frame
/// costs the lab one event, its arrival.
/// </summary>
public sealed class LinkDirection : Deadline
{
    // Parts of a tick (100 ns) in which sending times are counted: at 100 Gbit/s an octet takes 80 ps.
    private const ulong Fraction = 100_000;

    private readonly Lab _lab;
    private readonly LabPort _from;
    private readonly LabPort _to;
    private readonly LabLink _link;
    private PacketQueue _flying;

    // Made when they are needed: in a large lab most links are never so busy, and lose nothing.
    private Backlog? _backlog;
    private Mishaps? _mishaps;
    private LabRandom? _luck;
    private LinkSettings _settings;
    private Chances? _chances;
    private TimeSpan _busyUntil;
    private ulong _busyFraction;
    private bool _isBad;
    private long _frames;
    private long _octets;

    internal LinkDirection(Lab lab, LabLink link, LabPort from, LabPort to, LinkSettings settings)
    {
        settings.Check();
        _lab = lab;
        _from = from;
        _to = to;
        _link = link;
        _settings = settings;
        _chances = Chances.Of(settings);
    }

    /// <summary>The link's name, with its direction.</summary>
    public string Name => _link.Name + (_to == _link.Right ? ">" : "<");

    /// <summary>What it does; may be changed while it runs. Frames under way are not touched, unless the link goes down.</summary>
    public LinkSettings Settings
    {
        get => _settings;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            value.Check();
            _settings = value;
            _chances = Chances.Of(value);
            if (value.IsDown) Clear();
            _to.SetCarrier(!value.IsDown);
        }
    }

    /// <summary>What it has done so far.</summary>
    public LinkStatistics Statistics => _mishaps is { } m
        ? new(_frames, _octets, m.Lost, m.QueueDrops, m.TooLarge, m.Marked, m.Corrupted, m.Duplicated, m.Reordered)
        : new(_frames, _octets, 0, 0, 0, 0, 0, 0, 0);

    /// <summary>Octets that wait for their turn now.</summary>
    public int WaitingOctets
    {
        get
        {
            if (_backlog is not { } backlog) return 0;
            backlog.Leave(_lab.Clock.Now);
            return backlog.Octets;
        }
    }

    /// <inheritdoc/>
    public override void Expire(TimeSpan now)
    {
        while (_flying.First is { } first && first.At <= now && _flying.TryTake(out var frame))
        {
            _frames++;
            _octets += frame.Length;
            _lab.Observe(_to, isOutgoing: false, frame);
            _to.Deliver(frame);
        }

        Arm();
    }

    internal void Send(PacketBuffer frame)
    {
        var now = _lab.Clock.Now;
        if (_settings.IsDown || LosesNow())
        {
            HadMishap.Lost++;
            Drop(frame, _settings.IsDown ? FrameDrop.LinkDown : FrameDrop.Lost);
            return;
        }

        if (_settings.Mtu is { } mtu && IpLength(frame) > mtu)
        {
            HadMishap.TooLarge++;
            Drop(frame, FrameDrop.TooLarge);
            return;
        }

        var sent = now;
        if (_settings.Rate > 0 && !TryQueue(frame, now, out sent)) return;
        var arrival = sent + _settings.Delay;
        if (_settings.Jitter > TimeSpan.Zero)
        {
            arrival += TimeSpan.FromTicks(Luck.NextUpTo(_settings.Jitter.Ticks));
            if (_flying.Last is { } last && arrival < last.At) arrival = last.At;
        }

        if (_chances is { } corrupting && Happens(corrupting.Corrupt))
        {
            if (IsResolution(frame))
            {
                HadMishap.Corrupted++;
                Drop(frame, FrameDrop.Lost);
                return;
            }

            Corrupt(frame);
        }
        else if (frame.Checksum == ChecksumState.Complete && !frame.IsDamaged) frame.Checksum = ChecksumState.Verified; // the sender computed it, and nothing has touched it
        if (_chances is { } chances)
        {
            if (Happens(chances.Duplicate))
            {
                HadMishap.Duplicated++;
                _flying.Add(_lab.Pool.Copy(frame), arrival);
            }

            if (Happens(chances.Reorder))
            {
                HadMishap.Reordered++;
                arrival += _settings.ReorderDelay;
            }
        }

        _flying.Add(frame, arrival);
        Arm();
    }

    /// <inheritdoc/>
    public override string ToString() => $"a frame arrives at {_to.Name}";

    /// <summary>Forgets all frames under way.</summary>
    internal void Clear()
    {
        while (_flying.TryTake(out var frame)) Drop(frame, FrameDrop.LinkDown);
        _backlog?.Clear();
        _busyUntil = default;
        _lab.Deadlines.Cancel(this);
    }

    private LabRandom Luck => _luck ??= new LabRandom(_lab.Seed, "link " + Name);

    private bool Happens(uint probability) => probability != 0 && Luck.Happens(probability);

    private Mishaps HadMishap => _mishaps ??= new Mishaps();

    private bool LosesNow()
    {
        if (_chances is not { } chances) return false;
        if (Happens(chances.Loss)) return true;
        if (_settings.BurstLoss is null) return false;
        _isBad = _isBad ? !Happens(chances.BurstEnd) : Happens(chances.BurstBegin);
        return _isBad && Happens(chances.BurstLoss);
    }

    private bool TryQueue(PacketBuffer frame, TimeSpan now, out TimeSpan sent)
    {
        _backlog?.Leave(now);
        var begins = _busyUntil > now ? _busyUntil : now;
        if (begins > now && (_backlog?.Octets ?? 0) + frame.Length > _settings.QueueOctets)
        {
            sent = default;
            HadMishap.QueueDrops++;
            Drop(frame, FrameDrop.QueueFull);
            return false;
        }

        if (_settings.Discipline == QueueDiscipline.CoDel && (_backlog ??= new Backlog()).Codel.IsTooSlow(begins - now, begins, _backlog.Octets))
        {
            if (CongestionMark.TryPut(frame, _to.IsEthernet))
            {
                HadMishap.Marked++;
            }
            else
            {
                sent = default;
                HadMishap.QueueDrops++;
                Drop(frame, FrameDrop.QueueSlow);
                return false;
            }
        }

        if (begins > now)
        {
            (_backlog ??= new Backlog()).Enter(begins, frame.Length);
        }
        else
        {
            _busyFraction = 0;
        }

        // Bits times the parts of a second, over the rate; what does not make a tick is kept for the next frame. The largest frame's product, 6 * 10^17, fits in 64 bits.
        var parts = ((ulong)frame.Length * 8 * ((ulong)TimeSpan.TicksPerSecond * Fraction) / (ulong)_settings.Rate) + _busyFraction;
        var ticks = parts / Fraction;
        _busyFraction = parts - (ticks * Fraction);
        _busyUntil = begins + new TimeSpan((long)ticks);
        sent = _busyUntil;
        return true;
    }

    private int IpLength(PacketBuffer frame) => frame.Length - (_to.IsEthernet ? EthernetFrame.HeaderLength : 0);

    // An IP packet may be damaged behind the frame's check, in a box's memory, and has checksums of its own. ARP goes from neighbor to neighbor and has none (RFC 826): there the
    // frame's has found the damage. A damaged answer would be believed for minutes.
    private bool IsResolution(PacketBuffer frame) => _to.IsEthernet && EthernetFrame.TryRead(frame.Span, out var read, out _) && read.EtherType == EtherType.Arp;

    private void Corrupt(PacketBuffer frame)
    {
        HadMishap.Corrupted++;
        if (frame.Length == 0) return;
        var bit = Luck.NextUpTo(((long)frame.Length * 8) - 1);
        frame.Span[(int)(bit / 8)] ^= (byte)(0x80 >> (int)(bit % 8));
        frame.Checksum = ChecksumState.Complete;
        frame.IsDamaged = true;
    }

    private void Drop(PacketBuffer frame, FrameDrop reason)
    {
        _lab.ObserveDrop(_from, reason, frame);
        _lab.Pool.Return(frame);
    }

    private void Arm()
    {
        if (_flying.First is { } first && (!IsSet || first.At < At)) _lab.Deadlines.Set(this, first.At);
    }

    // Frames that wait for their turn.
    private sealed class Backlog
    {
        public CodelState Codel;
        private readonly Queue<(TimeSpan Begins, int Octets)> _waiting = new();

        public int Octets { get; private set; }

        public void Enter(TimeSpan begins, int octets)
        {
            _waiting.Enqueue((begins, octets));
            Octets += octets;
        }

        public void Leave(TimeSpan now)
        {
            while (_waiting.TryPeek(out var first) && first.Begins <= now)
            {
                _waiting.Dequeue();
                Octets -= first.Octets;
            }
        }

        public void Clear()
        {
            _waiting.Clear();
            Octets = 0;
        }
    }

    // What went wrong so far.
    private sealed class Mishaps
    {
        public long Lost;
        public long QueueDrops;
        public long TooLarge;
        public long Marked;
        public long Corrupted;
        public long Duplicated;
        public long Reordered;
    }

    // Shares as parts of 2^32.
    private sealed class Chances(LinkSettings settings)
    {
        public readonly uint Loss = Parts(settings.Loss);
        public readonly uint Reorder = Parts(settings.Reorder);
        public readonly uint Duplicate = Parts(settings.Duplicate);
        public readonly uint Corrupt = Parts(settings.Corrupt);
        public readonly uint BurstBegin = Parts(settings.BurstLoss?.Begin ?? 0);
        public readonly uint BurstEnd = Parts(settings.BurstLoss?.End ?? 0);
        public readonly uint BurstLoss = Parts(settings.BurstLoss?.LossWhileBad ?? 0);

        // Null: nothing is left to chance.
        public static Chances? Of(LinkSettings settings)
            => settings.BurstLoss is null && settings.Loss == 0 && settings.Reorder == 0 && settings.Duplicate == 0 && settings.Corrupt == 0 ? null : new Chances(settings);

        private static uint Parts(double share) => (uint)Math.Min(share * 4_294_967_296.0, uint.MaxValue);
    }
}
