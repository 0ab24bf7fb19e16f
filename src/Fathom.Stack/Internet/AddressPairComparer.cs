using Fathom.Stack.Security;

namespace Fathom.Stack.Internet;

/// <summary>Pairs by a hash that strangers cannot steer: they choose the addresses.</summary>
internal sealed class AddressPairComparer(StackRandom random) : IEqualityComparer<AddressPair>
{
    private readonly KeyedHash _hash = new(random);

    public bool Equals(AddressPair x, AddressPair y) => x == y;

    public int GetHashCode(AddressPair pair) => (int)_hash.Compute(pair.Source, 0, pair.Destination, 0, 0);
}
