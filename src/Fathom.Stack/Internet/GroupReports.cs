using Fathom.Stack.Link;
using Fathom.Stack.Timing;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>
/// Tells routers which groups the hosts of an interface listen to: the host's part of IGMPv3 (RFC 3376) and MLDv2 (RFC 3810), from any source, with IGMPv1, IGMPv2
/// (RFC 2236) and MLDv1 (RFC 2710) where an older querier is there.
/// </summary>
internal sealed class GroupReports(IpLayer ip, NetworkInterface on, IpVersion version, StackRandom random) : Deadline
{
    // RFC 3376 §8.11, RFC 3810 §9.11.
    private static readonly TimeSpan UnsolicitedInterval = TimeSpan.FromSeconds(1);

    // RFC 2236 §8.10, RFC 2710 §7.10: the older protocols' interval.
    private static readonly TimeSpan OlderUnsolicitedInterval = TimeSpan.FromSeconds(10);

    // RFC 3376 §8.2 and §8.3, RFC 3810 §9.2 and §9.3, until a querier says otherwise.
    private static readonly TimeSpan QueryInterval = TimeSpan.FromSeconds(125);
    private static readonly TimeSpan QueryResponseInterval = TimeSpan.FromSeconds(10);
    private const int DefaultRobustness = 2;

    private readonly List<GroupMember> _members = [];
    private readonly GroupReportWriter _writer = new(ip, on);
    private readonly List<(MulticastRecordType Type, IpAddress Group)> _records = [];
    private TimeSpan? _answerAllAt;
    private TimeSpan? _olderUntil;
    private TimeSpan? _oldestUntil;
    private int _robustness = DefaultRobustness;

    /// <summary>The host listens to a group from now on.</summary>
    public void Join(IpAddress group)
    {
        if (!IsReported(group)) return;
        var member = _members.Find(m => m.Group == group);
        if (member is null) _members.Add(member = new GroupMember(group));
        member.IsLeft = false;
        Change(member);
    }

    /// <summary>The host listens no more.</summary>
    public void Leave(IpAddress group)
    {
        var member = _members.Find(m => m.Group == group);
        if (member is null) return;
        member.IsLeft = true;
        member.AnswerAt = null;
        Change(member);
    }

    /// <summary>Takes an IGMP message.</summary>
    public void Take(in IgmpMessage message, in Arrival arrival)
    {
        // RFC 2236 §2, RFC 3376 §4: no message comes from beyond the link.
        if (arrival.HopLimit != 1) return;
        if (message.Type is IgmpType.ReportV1 or IgmpType.ReportV2)
        {
            Suppress(message.Group);
            return;
        }

        if (message.Type != IgmpType.MembershipQuery) return;
        var now = arrival.At;
        switch (message.Version)
        {
            case 1:
                _oldestUntil = now + OlderTimeout();
                Query(message.Group, QueryResponseInterval, now);
                break;
            case 2:
                _olderUntil = now + OlderTimeout();
                Query(message.Group, Tenths(message.MaxResponseCode), now);
                break;
            case 3 when IgmpQuery.TryRead(message.Bytes, out var query, out _):
                TakeRobustness(query.Robustness);
                Query(query.Group, Tenths(MulticastCode.Decode(query.MaxResponseCode)), now);
                break;
        }
    }

    /// <summary>Takes a message of multicast listener discovery.</summary>
    public void Take(in Icmpv6Message message, in Arrival arrival)
    {
        // RFC 3810 §6.2, RFC 2710 §4: from a link-local address, and not from beyond the link.
        if (arrival.HopLimit != 1 || !arrival.Source.IsLinkLocal) return;
        var now = arrival.At;
        if (message.Type == Icmpv6Type.MulticastListenerReport)
        {
            if (MldMessage.TryRead(message.Bytes, out var report, out _)) Suppress(Zones.On(report.Group, on));
        }
        else if (MldQuery.TryRead(message.Bytes, out var query, out _))
        {
            TakeRobustness(query.Robustness);
            Query(Zones.On(query.Group, on), TimeSpan.FromMilliseconds(MulticastCode.Decode(query.MaxResponseCode)), now);
        }
        else if (message.Bytes.Length == MldMessage.FixedLength && MldMessage.TryRead(message.Bytes, out var older, out _))
        {
            _olderUntil = now + OlderTimeout();
            Query(Zones.On(older.Group, on), TimeSpan.FromMilliseconds(older.MaxResponseDelay), now);
        }
    }

    public override void Expire(TimeSpan now)
    {
        if (_olderUntil <= now) _olderUntil = null;
        if (_oldestUntil <= now) _oldestUntil = null;
        if (_olderUntil is not null || _oldestUntil is not null) ExpireOlder(now);
        else ExpireNewer(now);
        _members.RemoveAll(static m => m.IsLeft && m.ChangesLeft == 0);
        Rearm();
    }

    private static TimeSpan Tenths(int code) => TimeSpan.FromMilliseconds(100 * code);

    // RFC 3376 §6, RFC 3810 §6: of the group of all hosts nobody is told, nor of one that does not leave its host.
    private bool IsReported(IpAddress group) => version == IpVersion.V4
        ? (uint)group.Value != 0xE000_0001
        : ((int)(group.Value >> 112) & 0xF) is not (0 or 1) && group.Value != AllNodes;

    private static readonly UInt128 AllNodes = IpAddress.Parse("ff02::1").Value;

    private void Change(GroupMember member)
    {
        // RFC 3376 §5.1: at once, and again, as often as the robustness says.
        member.ChangesLeft = _robustness;
        member.ChangeAt = ip.Clock.Now;
        Rearm();
    }

    // RFC 3376 §8.12, RFC 3810 §9.12.
    private TimeSpan OlderTimeout() => (_robustness * QueryInterval) + QueryResponseInterval;

    private void TakeRobustness(int told) => _robustness = told > 0 ? told : DefaultRobustness;

    // RFC 3376 §5.2, RFC 3810 §6.2: a random time within what the querier gives; an answer that comes earlier anyway stays.
    private void Query(IpAddress group, TimeSpan patience, TimeSpan now)
    {
        var at = now + Within(patience);
        if (group.IsUnspecified && _olderUntil is null && _oldestUntil is null)
        {
            _answerAllAt = Lifetimes.Earlier(_answerAllAt, at);
        }
        else
        {
            foreach (var member in _members)
            {
                if (member.IsLeft || (!group.IsUnspecified && member.Group != group)) continue;

                // In the older protocols each group has its own answer, at its own time.
                member.AnswerAt = Lifetimes.Earlier(member.AnswerAt, group.IsUnspecified ? now + Within(patience) : at);
            }
        }

        Rearm();
    }

    // RFC 2236 §3, RFC 2710 §4: another's report is enough for the older querier.
    private void Suppress(IpAddress group)
    {
        if (_olderUntil is null && _oldestUntil is null) return;
        foreach (var member in _members)
        {
            if (member.Group != group || member.IsLeft) continue;
            member.AnswerAt = null;
            member.WasReported = false;
            if (member.ChangesLeft > 0) member.ChangesLeft = 0;
            member.ChangeAt = null;
        }

        Rearm();
    }

    private void ExpireNewer(TimeSpan now)
    {
        _records.Clear();
        foreach (var member in _members)
        {
            if (member.ChangeAt <= now)
            {
                _records.Add((member.IsLeft ? MulticastRecordType.ChangeToInclude : MulticastRecordType.ChangeToExclude, member.Group));
                NoteChangeTold(member, now, UnsolicitedInterval);
            }
            else if (!member.IsLeft && (_answerAllAt <= now || member.AnswerAt <= now))
            {
                _records.Add((MulticastRecordType.ModeIsExclude, member.Group));
            }

            if (member.AnswerAt <= now || _answerAllAt <= now) member.AnswerAt = null;
        }

        if (_answerAllAt <= now) _answerAllAt = null;
        _writer.SendRecords(_records, version, now);
    }

    private void ExpireOlder(TimeSpan now)
    {
        if (_answerAllAt is { } all)
        {
            _answerAllAt = null;
            foreach (var member in _members) member.AnswerAt = Lifetimes.Earlier(member.AnswerAt, all);
        }

        foreach (var member in _members)
        {
            if (member.IsLeft)
            {
                // RFC 2236 §3: version 1 has no word for it, and only the last reporter need say it.
                if (member.WasReported && _oldestUntil is null) _writer.SendLeave(member.Group, now);
                member.ChangesLeft = 0;
                member.ChangeAt = null;
                continue;
            }

            if (!(member.ChangeAt <= now) && !(member.AnswerAt <= now)) continue;
            _writer.SendReport(member.Group, isOldest: _oldestUntil is not null, now);
            member.WasReported = true;
            member.AnswerAt = null;
            if (member.ChangeAt <= now) NoteChangeTold(member, now, OlderUnsolicitedInterval);
        }
    }

    private void NoteChangeTold(GroupMember member, TimeSpan now, TimeSpan interval)
    {
        member.ChangesLeft--;
        member.ChangeAt = member.ChangesLeft > 0 ? now + Within(interval) : null;
    }

    private TimeSpan Within(TimeSpan span) => span * (random.NextUInt32() / (double)uint.MaxValue);

    private void Rearm()
    {
        var next = _answerAllAt;
        foreach (var member in _members) next = Lifetimes.Earlier(next, Lifetimes.Earlier(member.ChangeAt, member.AnswerAt));
        if (next is { } at) ip.Deadlines.Set(this, at);
        else ip.Deadlines.Cancel(this);
    }
}
