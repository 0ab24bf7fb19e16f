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
    private readonly FlightQueue _flying = new();

    // Made when they are needed: in a large lab most links are never so busy, and lose nothing.
    private Queue<(TimeSpan Begins, int Octets)>? _waiting;
    private LabRandom? _luck;
    private LinkSettings _settings;
    private CodelState _codel;
    private Chances _chances;
    private TimeSpan _busyUntil;
    private ulong _busyFraction;
    private int _waitingOctets;
    private bool _isBad;
    private long _frames;
    private long _octets;
    private long _lost;
    private long _queueDrops;
    private long _tooLarge;
    private long _marked;
    private long _corrupted;
    private long _duplicated;
    private long _reordered;

    internal LinkDirection(Lab lab, LabLink link, LabPort from, LabPort to, LinkSettings settings)
    {
        settings.Check();
        _lab = lab;
        _from = from;
        _to = to;
        _link = link;
        _settings = settings;
        _chances = new Chances(settings);
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
            _chances = new Chances(value);
            if (value.IsDown) Clear();
            _to.SetCarrier(!value.IsDown);
        }
    }

    /// <summary>What it has done so far.</summary>
    public LinkStatistics Statistics => new(_frames, _octets, _lost, _queueDrops, _tooLarge, _marked, _corrupted, _duplicated, _reordered);

    /// <summary>Octets that wait for their turn now.</summary>
    public int WaitingOctets
    {
        get
        {
            LeaveQueue(_lab.Clock.Now);
            return _waitingOctets;
        }
    }

    /// <inheritdoc/>
    public override void Expire(TimeSpan now)
    {
        while (_flying.TryTakeArrived(now, out var frame))
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
            _lost++;
            Drop(frame, _settings.IsDown ? FrameDrop.LinkDown : FrameDrop.Lost);
            return;
        }

        if (_settings.Mtu is { } mtu && IpLength(frame) > mtu)
        {
            _tooLarge++;
            Drop(frame, FrameDrop.TooLarge);
            return;
        }

        var sent = now;
        if (_settings.Rate > 0 && !TryQueue(frame, now, out sent)) return;
        var arrival = sent + _settings.Delay;
        if (_settings.Jitter > TimeSpan.Zero)
        {
            arrival += TimeSpan.FromTicks(Luck.NextUpTo(_settings.Jitter.Ticks));
            if (arrival < _flying.Last) arrival = _flying.Last;
        }

        if (Happens(_chances.Corrupt))
        {
            if (IsResolution(frame))
            {
                _corrupted++;
                Drop(frame, FrameDrop.Lost);
                return;
            }

            Corrupt(frame);
        }
        else if (frame.Checksum == ChecksumState.Complete && !frame.IsDamaged) frame.Checksum = ChecksumState.Verified; // the sender computed it, and nothing has touched it
        if (Happens(_chances.Duplicate))
        {
            _duplicated++;
            _flying.Add(new FlyingFrame(arrival, _lab.Pool.Copy(frame)));
        }

        if (Happens(_chances.Reorder))
        {
            _reordered++;
            _flying.Add(new FlyingFrame(arrival + _settings.ReorderDelay, frame));
        }
        else
        {
            _flying.Add(new FlyingFrame(arrival, frame));
        }

        Arm();
    }

    /// <inheritdoc/>
    public override string ToString() => $"a frame arrives at {_to.Name}";

    /// <summary>Forgets all frames under way.</summary>
    internal void Clear()
    {
        while (_flying.TryTakeArrived(TimeSpan.MaxValue, out var frame)) Drop(frame, FrameDrop.LinkDown);
        _waiting?.Clear();
        _waitingOctets = 0;
        _busyUntil = default;
        _lab.Deadlines.Cancel(this);
    }

    private LabRandom Luck => _luck ??= new LabRandom(_lab.Seed, "link " + Name);

    private bool Happens(uint probability) => probability != 0 && Luck.Happens(probability);

    private bool LosesNow()
    {
        if (Happens(_chances.Loss)) return true;
        if (_settings.BurstLoss is null) return false;
        _isBad = _isBad ? !Happens(_chances.BurstEnd) : Happens(_chances.BurstBegin);
        return _isBad && Happens(_chances.BurstLoss);
    }

    private bool TryQueue(PacketBuffer frame, TimeSpan now, out TimeSpan sent)
    {
        LeaveQueue(now);
        var begins = _busyUntil > now ? _busyUntil : now;
        if (begins > now && _waitingOctets + frame.Length > _settings.QueueOctets)
        {
            sent = default;
            _queueDrops++;
            Drop(frame, FrameDrop.QueueFull);
            return false;
        }

        if (_settings.Discipline == QueueDiscipline.CoDel && _codel.IsTooSlow(begins - now, begins, _waitingOctets))
        {
            if (CongestionMark.TryPut(frame, _to.IsEthernet))
            {
                _marked++;
            }
            else
            {
                sent = default;
                _queueDrops++;
                Drop(frame, FrameDrop.QueueSlow);
                return false;
            }
        }

        if (begins > now)
        {
            (_waiting ??= new Queue<(TimeSpan Begins, int Octets)>()).Enqueue((begins, frame.Length));
            _waitingOctets += frame.Length;
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

    private void LeaveQueue(TimeSpan now)
    {
        if (_waiting is not { } waiting) return;
        while (waiting.TryPeek(out var first) && first.Begins <= now)
        {
            waiting.Dequeue();
            _waitingOctets -= first.Octets;
        }
    }

    private int IpLength(PacketBuffer frame) => frame.Length - (_to.IsEthernet ? EthernetFrame.HeaderLength : 0);

    // An IP packet may be damaged behind the frame's check, in a box's memory, and has checksums of its own. ARP goes from neighbor to neighbor and has none (RFC 826): there the
    // frame's has found the damage. A damaged answer would be believed for minutes.
    private bool IsResolution(PacketBuffer frame) => _to.IsEthernet && EthernetFrame.TryRead(frame.Span, out var read, out _) && read.EtherType == EtherType.Arp;

    private void Corrupt(PacketBuffer frame)
    {
        _corrupted++;
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
        if (_flying.IsEmpty) return;
        var next = _flying.Next;
        if (!IsSet || next < At) _lab.Deadlines.Set(this, next);
    }

    // Shares as parts of 2^32.
    private readonly struct Chances(LinkSettings settings)
    {
        public readonly uint Loss = Parts(settings.Loss);
        public readonly uint Reorder = Parts(settings.Reorder);
        public readonly uint Duplicate = Parts(settings.Duplicate);
        public readonly uint Corrupt = Parts(settings.Corrupt);
        public readonly uint BurstBegin = Parts(settings.BurstLoss?.Begin ?? 0);
        public readonly uint BurstEnd = Parts(settings.BurstLoss?.End ?? 0);
        public readonly uint BurstLoss = Parts(settings.BurstLoss?.LossWhileBad ?? 0);

        private static uint Parts(double share) => (uint)Math.Min(share * 4_294_967_296.0, uint.MaxValue);
    }
}
