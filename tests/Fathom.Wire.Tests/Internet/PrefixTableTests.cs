using CsCheck;
using Fathom.Wire.Internet;

namespace Fathom.Wire.Tests.Internet;

public class PrefixTableTests
{
    private static readonly Gen<IpPrefix> AnyPrefix = Gen.Select(Gen.UInt, Gen.Int[0, 32], Gen.Bool, Gen.Int[0, 3]).Select(static (bits, length, isV6, spread) => isV6
        ? new IpPrefix(IpAddress.FromV6(((UInt128)bits << 96) | bits), length * 4)
        : new IpPrefix(IpAddress.FromV4(bits >> (8 * spread)), length));

    [Fact]
    public void The_longest_of_all_prefixes_that_contain_an_address_is_found() => Gen.Select(AnyPrefix.List[0, 60], Gen.UInt.Array[20]).Sample(static (prefixes, numbers) =>
    {
        var table = new PrefixTable<int>(prefixes.Select(static (p, i) => KeyValuePair.Create(p, i)));
        var addresses = prefixes.SelectMany(static p => Around(p)).Concat(numbers.Select(IpAddress.FromV4)).Concat(numbers.Select(static n => IpAddress.FromV6((UInt128)n << 96))).ToArray();
        var batch = new int[addresses.Length];
        table.FindEntries(addresses, batch);
        for (var i = 0; i < addresses.Length; i++)
        {
            // The linear scan is the definition.
            var best = prefixes.Where(p => p.Contains(addresses[i])).Select(static p => p.Length).DefaultIfEmpty(-1).Max();
            var isFound = table.TryFind(addresses[i], out var prefix, out var value);
            Assert.Equal(best >= 0, isFound);
            Assert.Equal(isFound, batch[i] >= 0);
            if (!isFound) continue;
            Assert.Equal(best, prefix.Length);
            Assert.True(prefix.Contains(addresses[i]));
            Assert.Equal(prefixes.LastIndexOf(prefix), value); // of several the last
            Assert.Equal(prefix, table.Entries[batch[i]].Key);
        }
    }, iter: 1_000);

    [Fact]
    public void Both_ways_of_asking_for_many_agree()
    {
        var table = new PrefixTable<int>(Enumerable.Range(0, 5000).Select(static i => KeyValuePair.Create(new IpPrefix(IpAddress.FromV4((uint)i * 2_654_435_761u), 8 + (i % 25)), i)));
        var keys = Enumerable.Range(0, 5000).Select(static i => (uint)i * 40_503u * 77_777u).ToArray();
        var entries = new int[keys.Length];
        table.FindEntries(keys, entries);
        Assert.Equal(keys.Select(k => table.FindEntry(IpAddress.FromV4(k))), entries);
        Assert.Throws<ArgumentOutOfRangeException>(() => table.FindEntries(keys, new int[1]));
    }

    [Fact]
    public void An_empty_table_finds_nothing()
    {
        var table = new PrefixTable<string>([]);
        Assert.False(table.TryFind(IpAddress.LoopbackV4, out _, out _));
        Assert.Equal(-1, table.FindEntry(IpAddress.FromV6(UInt128.MaxValue)));
    }

    private static IEnumerable<IpAddress> Around(IpPrefix p)
    {
        IpAddress Make(UInt128 value) => p.Version == IpVersion.V6 ? IpAddress.FromV6(value) : IpAddress.FromV4((uint)value);
        yield return p.Address;
        yield return p.Last;
        yield return Make(p.Address.Value - 1);
        yield return Make(p.Last.Value + 1);
    }
}
