using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>Resolvers and search domains that routers advertise, until their lifetimes end (RFC 8106).</summary>
internal sealed class AdvertisedNames
{
    // RFC 8106 §5.3.1 wants three at least; resolvers use no more.
    private const int MaxServers = 8;
    private const int MaxNames = 8;

    // RFC 1035 §2.3.4.
    private const int MaxNameLength = 255;

    private readonly List<(IpAddress Server, TimeSpan? Until)> _servers = [];
    private readonly List<(byte[] Name, TimeSpan? Until)> _names = [];

    public IReadOnlyList<IpAddress> Servers => [.. _servers.Select(static s => s.Server)];

    /// <summary>Names in DNS wire form, each with its final zero.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> SearchList => [.. _names.Select(static n => (ReadOnlyMemory<byte>)n.Name)];

    public TimeSpan? Next
    {
        get
        {
            TimeSpan? next = null;
            foreach (var (_, until) in _servers) next = Lifetimes.Earlier(next, until);
            foreach (var (_, until) in _names) next = Lifetimes.Earlier(next, until);
            return next;
        }
    }

    public void Take(in NdOption option, TimeSpan now)
    {
        if (option.TryGetDnsServers(out var count, out var lifetime))
        {
            for (var i = 0; i < count; i++) Set(option.GetDnsServer(i), lifetime, now);
        }
        else if (option.TryGetDnsSearchList(out var names, out lifetime))
        {
            while (TryCutName(ref names, out var name)) Set(name, lifetime, now);
        }
    }

    public void Expire(TimeSpan now)
    {
        _servers.RemoveAll(s => s.Until <= now);
        _names.RemoveAll(n => n.Until <= now);
    }

    private void Set(IpAddress server, uint lifetime, TimeSpan now)
    {
        var place = _servers.FindIndex(s => s.Server == server);
        if (lifetime == 0)
        {
            if (place >= 0) _servers.RemoveAt(place);
            return;
        }

        if (place >= 0) _servers[place] = (server, Lifetimes.End(lifetime, now));
        else if (_servers.Count < MaxServers && !server.IsUnspecified && !server.IsMulticast) _servers.Add((server, Lifetimes.End(lifetime, now)));
    }

    private void Set(ReadOnlySpan<byte> name, uint lifetime, TimeSpan now)
    {
        var octets = name.ToArray();
        var place = _names.FindIndex(n => n.Name.AsSpan().SequenceEqual(octets));
        if (lifetime == 0)
        {
            if (place >= 0) _names.RemoveAt(place);
            return;
        }

        if (place >= 0) _names[place] = (octets, Lifetimes.End(lifetime, now));
        else if (_names.Count < MaxNames) _names.Add((octets, Lifetimes.End(lifetime, now)));
    }

    // Labels up to a zero; nothing is compressed here (RFC 8106 §5.2). An empty name is the padding.
    private static bool TryCutName(ref ReadOnlySpan<byte> names, out ReadOnlySpan<byte> name)
    {
        name = default;
        var at = 0;
        while (at < names.Length && names[at] is > 0 and <= 63) at += 1 + names[at];
        if (at == 0 || at >= names.Length || names[at] != 0 || at >= MaxNameLength) return false;
        name = names[..(at + 1)];
        names = names[(at + 1)..];
        return true;
    }
}
