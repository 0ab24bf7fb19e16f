using Fathom.Wire.Internet;

namespace Fathom.Stack.Security;

/// <summary>Addresses by a hash that strangers cannot steer: they choose the addresses that tables are filled with.</summary>
internal sealed class AddressComparer(StackRandom random) : IEqualityComparer<IpAddress>
{
    private readonly KeyedHash _hash = new(random);

    public bool Equals(IpAddress x, IpAddress y) => x == y;

    public int GetHashCode(IpAddress address)
    {
        ReadOnlySpan<ulong> words = [(ulong)(address.Value >> 64), (ulong)address.Value, address.Zone];
        return (int)_hash.Compute(words);
    }
}
