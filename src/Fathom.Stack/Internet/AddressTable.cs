using System.Diagnostics.CodeAnalysis;
using Fathom.Stack.Link;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>The addresses of this host, by address and by interface. Every packet asks twice.</summary>
internal sealed class AddressTable
{
    // So many are compared one after the other faster than a dictionary computes its hash.
    private const int FewAddresses = 8;

    private readonly List<LocalAddress> _all = [];
    private readonly Ipv4AddressList _v4 = new();
    private LocalAddress[] _v6 = [];
    private Dictionary<IpAddress, LocalAddress>? _byAddress;

    public IReadOnlyList<LocalAddress> All => _all;

    public bool TryAdd(LocalAddress address)
    {
        if (TryFind(address.Address, out _)) return false;
        _all.Add(address);
        if (address.Address.IsV4) _v4.Add(address);
        else SplitV6();
        return true;
    }

    public bool Remove(LocalAddress address)
    {
        if (!_all.Remove(address)) return false;
        if (address.Address.IsV4) _v4.Set(_all.Where(static a => a.Address.IsV4));
        else SplitV6();
        return true;
    }

    /// <summary>Finds an address; a link-local one of IPv6 with its zone.</summary>
    public bool TryFind(IpAddress address, [NotNullWhen(true)] out LocalAddress? found)
    {
        if (address.IsV4) return TryFind((uint)address.Value, out found);
        if (_byAddress is not null) return _byAddress.TryGetValue(address, out found);
        foreach (var candidate in _v6)
        {
            if (candidate.Address != address) continue;
            found = candidate;
            return true;
        }

        found = null;
        return false;
    }

    /// <summary>Finds an IPv4 address by its number.</summary>
    public bool TryFind(uint address, [NotNullWhen(true)] out LocalAddress? found)
    {
        found = null;
        return _v4.MayHave(address) && _v4.TryFind(address, out found);
    }

    /// <summary>False for an IPv4 address that is certainly neither this host's nor a broadcast: nearly every packet's that a router passes on.</summary>
    public bool MayConcern(uint address) => address == uint.MaxValue || _v4.MayHave(address);

    /// <summary>True for an address that packets may use now.</summary>
    public bool IsUsable(IpAddress address) => TryFind(address, out var found) && found.IsUsable;

    /// <summary>True for the limited broadcast, and for that of a prefix of the interface.</summary>
    public bool IsBroadcast(NetworkInterface on, in IpAddress destination)
        => destination.IsV4 && ((uint)destination.Value == uint.MaxValue || (_v4.MayHave((uint)destination.Value) && _v4.IsBroadcast(on, destination)));

    private void SplitV6()
    {
        _v6 = _all.FindAll(static a => a.Address.IsV6).ToArray();
        _byAddress = _v6.Length > FewAddresses ? _v6.ToDictionary(static a => a.Address) : null;
    }
}
