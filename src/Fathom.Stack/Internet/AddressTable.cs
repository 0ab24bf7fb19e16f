using System.Diagnostics.CodeAnalysis;
using Fathom.Stack.Link;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>The addresses of this host, by address and by interface.</summary>
internal sealed class AddressTable
{
    private readonly Dictionary<IpAddress, LocalAddress> _byAddress = [];
    private readonly List<LocalAddress> _all = [];

    public IReadOnlyList<LocalAddress> All => _all;

    public bool TryAdd(LocalAddress address)
    {
        if (!_byAddress.TryAdd(address.Address, address)) return false;
        _all.Add(address);
        return true;
    }

    public bool Remove(LocalAddress address) => _byAddress.Remove(address.Address) && _all.Remove(address);

    /// <summary>Finds an address; a link-local one of IPv6 with its zone.</summary>
    public bool TryFind(IpAddress address, [NotNullWhen(true)] out LocalAddress? found) => _byAddress.TryGetValue(address, out found);

    /// <summary>True for an address that packets may use now.</summary>
    public bool IsUsable(IpAddress address) => _byAddress.TryGetValue(address, out var found) && found.IsUsable;

    /// <summary>True for the limited broadcast, and for that of a prefix of the interface.</summary>
    public bool IsBroadcast(NetworkInterface on, IpAddress destination)
    {
        if (!destination.IsV4) return false;
        if ((uint)destination.Value == uint.MaxValue) return true;
        foreach (var address in _all)
        {
            if (address.Interface == on && address.IsBroadcast(destination)) return true;
        }

        return false;
    }
}
