#:project ../src/Fathom.Wire/Fathom.Wire.csproj
// Longest prefix among 1,000,000 random IPv4 routes, a batch of 1,048,576 random addresses: PrefixTable beside a .NET dictionary for each
// prefix length, on the same routes in the same process, in turn. Prints a table; the last line is the ratio. Routes and lengths
// as in ../shared/measure/calc: mostly /24.

using System.Diagnostics;
using Fathom.Wire.Internet;

const int Routes = 1_000_000;
const int Rounds = 7;
var random = new Random(7);
var lengths = new int[Routes];
var networks = new uint[Routes];
for (var i = 0; i < Routes; i++)
{
    var r = random.Next(100);
    lengths[i] = r < 58 ? 24 : r < 70 ? 22 : r < 80 ? 23 : r < 86 ? 21 : r < 92 ? 20 : 8 + random.Next(12);
    networks[i] = (uint)random.NextInt64(1L << 32) & (uint)(0xFFFF_FFFFL << (32 - lengths[i]));
}

var queries = new uint[1 << 20];
for (var i = 0; i < queries.Length; i++) queries[i] = (uint)random.NextInt64(1L << 32);

var dictionaries = new Dictionary<uint, int>?[33];
for (var i = 0; i < Routes; i++) (dictionaries[lengths[i]] ??= [])[networks[i]] = i;

var building = Stopwatch.StartNew();
var table = new PrefixTable<int>(Enumerable.Range(0, Routes).Select(i => KeyValuePair.Create(new IpPrefix(IpAddress.FromV4(networks[i]), lengths[i]), i)));
Console.WriteLine($"build: {building.Elapsed.TotalSeconds:F2} s for {table.Entries.Count:N0} different prefixes");

var entryLengths = table.Entries.Select(static e => (byte)e.Key.Length).ToArray();
var entries = new int[queries.Length];
var addresses = queries.Select(IpAddress.FromV4).ToArray();
(string Name, Func<long> Run)[] loops =
[
    ("Dictionary<uint, int> per length", ByDictionaries),
    ("PrefixTable.FindEntries(uint)", () => ByTable(() => table.FindEntries(queries, entries))),
    ("PrefixTable.FindEntries(IpAddress)", () => ByTable(() => table.FindEntries(addresses, entries))),
];

var times = loops.Select(static _ => new List<double>()).ToArray();
var sums = new long[loops.Length];
for (var round = 0; round <= Rounds; round++)
{
    for (var i = 0; i < loops.Length; i++)
    {
        var watch = Stopwatch.StartNew();
        sums[i] = loops[i].Run();
        if (round > 0) times[i].Add(watch.Elapsed.TotalNanoseconds / queries.Length); // the first round warms up
    }
}

Console.WriteLine("| loop | ns/look-up (median of 7) | min-max | sum of lengths |");
Console.WriteLine("|---|---|---|---|");
for (var i = 0; i < loops.Length; i++) Console.WriteLine($"| {loops[i].Name} | {Median(times[i]):F1} | {times[i].Min():F1}-{times[i].Max():F1} | {sums[i]} |");
Console.WriteLine($"ratio: {Median(times[1]) / Median(times[0]):F3} (goal 0.05)");
return sums[0] == sums[1] && sums[0] == sums[2] ? 0 : 1; // equal sums: equal answers

long ByDictionaries()
{
    long sum = 0;
    foreach (var query in queries)
    {
        for (var length = 32; length >= 0; length--)
        {
            if (dictionaries[length] is not { } dictionary || !dictionary.TryGetValue(query & (uint)(0xFFFF_FFFFL << (32 - length)), out _)) continue;
            sum += length;
            break;
        }
    }

    return sum;
}

// What is found is the place of the entry; its length is read, too, as in the other loop.
long ByTable(Action find)
{
    find();
    long sum = 0;
    foreach (var entry in entries) sum += entry < 0 ? 0 : entryLengths[entry];
    return sum;
}

static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
