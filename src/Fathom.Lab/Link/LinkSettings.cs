namespace Fathom.Lab.Link;

/// <summary>What a link does to the frames of one direction. The default does nothing: no delay, no limit, no loss.</summary>
public sealed record LinkSettings
{
    /// <summary>Bits a second, link header included; 0: no limit.</summary>
    public long Rate { get; init; }

    /// <summary>How long a frame travels.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>At most how much longer, evenly spread. It does not reorder: a frame waits for the one before it.</summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>The share of frames that are lost, each by itself: 0 to 1.</summary>
    public double Loss { get; init; }

    /// <summary>Losses that come together; null: none.</summary>
    public BurstLoss? BurstLoss { get; init; }

    /// <summary>The share of frames that are overtaken: 0 to 1.</summary>
    public double Reorder { get; init; }

    /// <summary>How much later an overtaken frame arrives.</summary>
    public TimeSpan ReorderDelay { get; init; } = TimeSpan.FromMilliseconds(5);

    /// <summary>The share of frames that arrive twice: 0 to 1.</summary>
    public double Duplicate { get; init; }

    /// <summary>The share of frames in which one bit is turned over: 0 to 1.</summary>
    public double Corrupt { get; init; }

    /// <summary>The largest IP packet that passes, in octets; larger ones vanish. Null: every packet does.</summary>
    public int? Mtu { get; init; }

    /// <summary>How many octets may wait for their turn where there is a rate.</summary>
    public int QueueOctets { get; init; } = 256 * 1024;

    /// <summary>How the queue is kept short.</summary>
    public QueueDiscipline Discipline { get; init; }

    /// <summary>The link carries nothing: the cable is pulled.</summary>
    public bool IsDown { get; init; }

    /// <summary>Refuses settings that mean nothing.</summary>
    /// <exception cref="ArgumentException">A share outside 0 to 1, or a negative time, rate or size.</exception>
    public void Check()
    {
        CheckShare(Loss, nameof(Loss));
        CheckShare(Reorder, nameof(Reorder));
        CheckShare(Duplicate, nameof(Duplicate));
        CheckShare(Corrupt, nameof(Corrupt));
        BurstLoss?.Check();
        if (Rate < 0 || QueueOctets < 0 || Delay < TimeSpan.Zero || Jitter < TimeSpan.Zero || ReorderDelay < TimeSpan.Zero)
            throw new ArgumentException("A link's rate, queue and times are not negative.");
        if (Mtu is < 68) throw new ArgumentException("A link's MTU is at least 68 octets (RFC 791 §3.2).");
    }

    internal static void CheckShare(double share, string name)
    {
        if (!(share >= 0 && share <= 1)) throw new ArgumentException($"{name} is a share from 0 to 1.");
    }
}
