using System.Diagnostics.CodeAnalysis;
using Fathom.Stack.Link;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>The addresses of this host, by address and by interface. Every packet asks twice.</summary>
internal sealed class AddressTable
{
    // So many are compared one after the other faster than a dictionary computes its hash.
    private const int FewAddresses = 8;

    private readonly Dictionary<IpAddress, LocalAddress> _byAddress = [];
    private readonly List<LocalAddress> _all = [];
    private LocalAddress[] _v4 = [];
    private LocalAddress[] _v6 = [];

    // Beside each other, so that a router's many are looked through in a few instructions: its own addresses, and those of its prefixes' broadcasts.
    private uint[] _v4Values = [];
    private uint[] _v4Broadcasts = [];

    public IReadOnlyList<LocalAddress> All => _all;

    public bool TryAdd(LocalAddress address)
    {
        if (!_byAddress.TryAdd(address.Address, address)) return false;
        _all.Add(address);
        Split();
        return true;
    }

    public bool Remove(LocalAddress address)
    {
        if (!_byAddress.Remove(address.Address)) return false;
        _all.Remove(address);
        Split();
        return true;
    }

    /// <summary>Finds an address; a link-local one of IPv6 with its zone.</summary>
    public bool TryFind(IpAddress address, [NotNullWhen(true)] out LocalAddress? found)
    {
        if (address.IsV4) return TryFind((uint)address.Value, out found);

        if (_v6.Length > FewAddresses) return _byAddress.TryGetValue(address, out found);
        foreach (var candidate in _v6)
        {
            if (candidate.Address.Value != address.Value || candidate.Address.Zone != address.Zone) continue;
            found = candidate;
            return true;
        }

        found = null;
        return false;
    }

    /// <summary>Finds an IPv4 address by its number.</summary>
    public bool TryFind(uint address, [NotNullWhen(true)] out LocalAddress? found)
    {
        var place = _v4Values.AsSpan().IndexOf(address);
        found = place < 0 ? null : _v4[place];
        return place >= 0;
    }

    /// <summary>True for an address that packets may use now.</summary>
    public bool IsUsable(IpAddress address) => TryFind(address, out var found) && found.IsUsable;

    /// <summary>True for the limited broadcast, and for that of a prefix of the interface.</summary>
    public bool IsBroadcast(NetworkInterface on, in IpAddress destination)
    {
        if (!destination.IsV4) return false;
        if ((uint)destination.Value == uint.MaxValue) return true;
        if (_v4Broadcasts.AsSpan().IndexOf((uint)destination.Value) < 0) return false;
        foreach (var address in _v4)
        {
            if (address.Interface == on && address.IsBroadcast(destination)) return true;
        }

        return false;
    }

    private void Split()
    {
        _v4 = _all.FindAll(static a => a.Address.IsV4).ToArray();
        _v6 = _all.FindAll(static a => a.Address.IsV6).ToArray();
        _v4Values = Array.ConvertAll(_v4, static a => (uint)a.Address.Value);

        // RFC 1122 §3.2.1.3, as LocalAddress.IsBroadcast has it.
        _v4Broadcasts = new uint[_v4.Length * 2];
        for (var i = 0; i < _v4.Length; i++) (_v4Broadcasts[2 * i], _v4Broadcasts[(2 * i) + 1]) = ((uint)_v4[i].Prefix.Address.Value, (uint)_v4[i].Prefix.Last.Value);
    }
}
