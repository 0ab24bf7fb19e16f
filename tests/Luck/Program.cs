using System.Globalization;
using Luck;

// luck --runs N [--from SEED]    N runs; a line for each that fails, then the table of RESULTS.md; exit status 1 if one failed
// luck --seed N [--trace]        one run again, with every packet
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
    default:
        Console.Error.WriteLine("luck --runs N [--from SEED] | --seed N [--trace] | --goodput");
        return 2;
}
