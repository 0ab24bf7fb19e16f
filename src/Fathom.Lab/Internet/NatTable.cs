using System.Diagnostics.CodeAnalysis;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Lab.Internet;

/// <summary>The mappings of an address translator, by their inner and by their outer end.</summary>
internal sealed class NatTable(NatOptions options, LabRandom random)
{
    private readonly Dictionary<(IpProtocol Protocol, IpEndpoint Internal, IpEndpoint Scope), NatEntry> _byInternal = [];
    private readonly Dictionary<(IpProtocol Protocol, ushort Port), NatEntry> _byExternal = [];

    public IEnumerable<NatEntry> All => _byExternal.Values;

    /// <summary>Called for each mapping that has ended.</summary>
    public Action<NatEntry>? Ended { get; set; }

    public NatEntry? FindExternal(IpProtocol protocol, ushort port, TimeSpan now)
    {
        if (!_byExternal.TryGetValue((protocol, port), out var entry)) return null;
        if (entry.IsAlive(now)) return entry;
        Remove(entry);
        return null;
    }

    public NatEntry? FindInternal(IpProtocol protocol, IpEndpoint inside, IpEndpoint peer, TimeSpan now)
    {
        if (!_byInternal.TryGetValue((protocol, inside, ScopeOf(peer)), out var entry) && !_byInternal.TryGetValue((protocol, inside, default), out entry)) return null;
        if (entry.IsAlive(now)) return entry;
        Remove(entry);
        return null;
    }

    /// <summary>Makes a mapping.</summary>
    /// <returns>False where the table or the ports are used up.</returns>
    public bool TryMake(IpProtocol protocol, IpEndpoint inside, IpEndpoint peer, TimeSpan now, [NotNullWhen(true)] out NatEntry? entry)
    {
        entry = null;
        if (_byExternal.Count >= options.MaximumMappings) Prune(now);
        if (_byExternal.Count >= options.MaximumMappings || !TryFindPort(protocol, inside.Port, now, out var port)) return false;
        entry = new NatEntry(protocol, inside, ScopeOf(peer), port, false);
        Add(entry);
        return true;
    }

    public bool TryAddStatic(IpProtocol protocol, ushort port, IpEndpoint inside)
    {
        if (_byExternal.ContainsKey((protocol, port)) || _byInternal.ContainsKey((protocol, inside, default))) return false;
        Add(new NatEntry(protocol, inside, default, port, true));
        return true;
    }

    /// <summary>Forgets all but what was set by hand.</summary>
    public void Clear()
    {
        foreach (var entry in _byExternal.Values.Where(static e => !e.IsStatic).ToList()) Remove(entry);
    }

    private IpEndpoint ScopeOf(IpEndpoint peer) => options.Mapping switch
    {
        NatBehavior.EndpointIndependent => default,
        NatBehavior.AddressDependent => new IpEndpoint(peer.Address, 0),
        _ => peer,
    };

    // RFC 4787 REQ-3: a well-known port gets a well-known one, others one of the others; REQ-4: an even one an even one. An identifier of an echo is no port.
    private bool TryFindPort(IpProtocol protocol, ushort wanted, TimeSpan now, out ushort port)
    {
        port = wanted;
        if (options.PreservesPorts && FindExternal(protocol, wanted, now) is null) return true;
        var isPort = protocol != IpProtocol.Icmp;
        var (first, count) = !isPort ? (0, 0x1_0000) : wanted < 1024 ? (0, 1024) : (1024, 0x1_0000 - 1024);
        var start = random.NextUpTo(count - 1);
        for (var i = 0; i < count; i++)
        {
            port = (ushort)(first + ((start + i) % count));
            if (isPort && (port == 0 || ((port ^ wanted) & 1) != 0)) continue;
            if (FindExternal(protocol, port, now) is null) return true;
        }

        return false;
    }

    private void Add(NatEntry entry)
    {
        _byInternal[(entry.Protocol, entry.Internal, entry.Scope)] = entry;
        _byExternal[(entry.Protocol, entry.ExternalPort)] = entry;
    }

    private void Remove(NatEntry entry)
    {
        _byInternal.Remove((entry.Protocol, entry.Internal, entry.Scope));
        _byExternal.Remove((entry.Protocol, entry.ExternalPort));
        Ended?.Invoke(entry);
    }

    private void Prune(TimeSpan now)
    {
        foreach (var entry in _byExternal.Values.Where(e => !e.IsAlive(now)).ToList()) Remove(entry);
    }
}
