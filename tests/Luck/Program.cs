using System.Globalization;
using Luck;

// luck --runs N [--from SEED]    N runs; a line for each that fails, then the table of RESULTS.md; exit status 1 if one failed
// luck --seed N [--trace]        one run again, with every packet
// luck --short LOSS RTT-MS OCTETS SEEDS   how long a transfer takes where packets are lost both ways, on a virtual clock
// luck --goodput                 octets a second by loss, delay and buffer, on a virtual clock
switch (args)
{
    case ["--runs", var count, .. var rest]:
        var from = rest is ["--from", var first] ? int.Parse(first, CultureInfo.InvariantCulture) : 1;
        return Campaign.Run(from, int.Parse(count, CultureInfo.InvariantCulture), Console.Out, Console.Error);
    case ["--seed", var seed, .. var rest]:
        return Campaign.Replay(int.Parse(seed, CultureInfo.InvariantCulture), rest is ["--trace"], Console.Out);
    case ["--goodput"]:
        GoodputTable.Print(Console.Out);
        return 0;
    case ["--short", var loss, var roundTrip, var octets, var seeds]:
        var times = Enumerable.Range(1, int.Parse(seeds, CultureInfo.InvariantCulture))
            .Select(seed => GoodputTable.MeasureShort(double.Parse(loss, CultureInfo.InvariantCulture), int.Parse(roundTrip, CultureInfo.InvariantCulture), int.Parse(octets, CultureInfo.InvariantCulture), seed).Seconds)
            .Order().ToArray();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"seconds: least {times[0]:0.0}, a quarter up to {times[times.Length / 4]:0.0}, half {times[times.Length / 2]:0.0}, three quarters {times[times.Length * 3 / 4]:0.0}, most {times[^1]:0.0}, mean {times.Average():0.0}"));
        return 0;
    default:
        Console.Error.WriteLine("luck --runs N [--from SEED] | --seed N [--trace] | --goodput");
        return 2;
}
