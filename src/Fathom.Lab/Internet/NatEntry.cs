using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Lab.Internet;

/// <summary>A mapping of an address translator with the far ends that use it.</summary>
internal sealed class NatEntry(IpProtocol protocol, IpEndpoint inside, IpEndpoint scope, ushort externalPort, bool isStatic)
{
    private readonly Dictionary<IpEndpoint, NatSession> _sessions = [];
    private readonly Dictionary<IpAddress, int> _addresses = [];

    public IpProtocol Protocol => protocol;

    public IpEndpoint Internal => inside;

    /// <summary>The far end that it is for, as far as the mapping's behavior has it.</summary>
    public IpEndpoint Scope => scope;

    public ushort ExternalPort => externalPort;

    public bool IsStatic => isStatic;

    /// <summary>When it ends unless it is used.</summary>
    public TimeSpan Until { get; private set; }

    public IEnumerable<IpEndpoint> Peers => _sessions.Keys;

    public bool IsAlive(TimeSpan now) => isStatic || Until > now;

    public NatSession? Find(IpEndpoint peer) => _sessions.GetValueOrDefault(peer);

    /// <summary>May the far end send in?</summary>
    public bool LetsIn(IpEndpoint peer, NatBehavior filtering, TimeSpan now) => isStatic || filtering switch
    {
        NatBehavior.EndpointIndependent => true,
        NatBehavior.AddressDependent => _addresses.ContainsKey(peer.Address),
        _ => _sessions.TryGetValue(peer, out var session) && session.Until > now,
    };

    /// <summary>The session with a far end; null where there are too many.</summary>
    public NatSession? Open(IpEndpoint peer, int limit, TimeSpan now)
    {
        if (_sessions.TryGetValue(peer, out var session)) return session;
        if (_sessions.Count >= limit) Prune(now);
        if (_sessions.Count >= limit) return null;
        session = new NatSession();
        _sessions[peer] = session;
        _addresses[peer.Address] = _addresses.GetValueOrDefault(peer.Address) + 1;
        return session;
    }

    /// <summary>A session may live until then, which may be earlier than before.</summary>
    public void Extend(NatSession session, TimeSpan until)
    {
        var wasLast = session.Until >= Until;
        session.Until = until;
        if (until >= Until) Until = until;
        else if (wasLast) Until = _sessions.Values.Max(static s => s.Until);
    }

    public NatMapping ToSnapshot(IpAddress external) => new(protocol, inside, new IpEndpoint(external, externalPort),
        [.. _sessions.Keys.OrderBy(static p => p.Address).ThenBy(static p => p.Port)], isStatic ? null : Until);

    private void Prune(TimeSpan now)
    {
        foreach (var (peer, session) in _sessions)
        {
            if (session.Until > now) continue;
            _sessions.Remove(peer);
            if (--_addresses[peer.Address] == 0) _addresses.Remove(peer.Address);
        }
    }
}
