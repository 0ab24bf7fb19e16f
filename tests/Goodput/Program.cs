using System.Globalization;
using Goodput;
using Luck;

const long Rate = 100_000_000;
const int Mtu = EndPlan.Mtu;

// goodput cell LOSS RTT-MS BUFFER SEEDS SECONDS    one cell, with the figures of all pairings
// goodput table SEEDS SECONDS                      the table of RESULTS.md
// goodput short LOSS RTT-MS SEEDS OCTETS MOST-SECONDS           how long OCTETS take where LOSS of the packets of each way are lost
switch (args)
{
    case ["cell", var loss, var roundTrip, var buffer, var seeds, var seconds]:
        foreach (var (pairing, figures) in Pairing.All.Zip(Cell(Number(loss), Number(roundTrip), Number(buffer), (int)Number(seeds), Number(seconds))))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{pairing}: {figures.Average():0.00} ({string.Join(" ", figures.Select(static f => f.ToString("0.00", CultureInfo.InvariantCulture)))})"));
        }

        return 0;
    case ["table", var seeds, var seconds]:
        Table((int)Number(seeds), Number(seconds));
        return 0;
    case ["short", var loss, var roundTrip, var seeds, var octets, var most]:
        foreach (var (pairing, figures) in Pairing.All.Zip(Short(Number(loss), Number(roundTrip), (int)Number(seeds), (long)Number(octets), Number(most))))
        {
            var sorted = figures.Order().ToArray();
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {pairing} | {sorted[0]:0.0} | {sorted[sorted.Length / 4]:0.0} | {sorted[sorted.Length / 2]:0.0} | {sorted[sorted.Length * 3 / 4]:0.0} | {sorted[^1]:0.0} | {sorted.Average():0.0} |"));
        }

        return 0;
    default:
        Console.Error.WriteLine("goodput cell LOSS RTT-MS BUFFER SEEDS SECONDS | table SEEDS SECONDS | short LOSS RTT-MS SEEDS OCTETS MOST-SECONDS");
        return 2;
}

static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

static double[][] Cell(double loss, double roundTrip, double buffer, int seeds, double seconds)
{
    // As the table on the virtual clock has it: tests/Luck/GoodputTable.cs.
    var queue = (int)Math.Max(10 * Mtu, Rate / 8.0 * roundTrip / 1000 * buffer);
    var there = new LinkConditions { Rate = Rate, Delay = TimeSpan.FromMilliseconds(roundTrip / 2), Loss = loss, Queue = queue };
    return Measurement.Run(Pairing.All, there, there with { Loss = 0 }, seeds, long.MaxValue, TimeSpan.FromSeconds(seconds));
}

static double[][] Short(double loss, double roundTrip, int seeds, long octets, double most)
{
    var link = new LinkConditions { Rate = Rate, Delay = TimeSpan.FromMilliseconds(roundTrip / 2), Loss = loss, Queue = 1 << 20 };
    return Measurement.Run(Pairing.All, link, link, seeds, octets, TimeSpan.FromSeconds(most));
}

static void Table(int seeds, double seconds)
{
    Console.WriteLine("| round trip | buffer | loss | " + string.Join(" | ", Pairing.All.Select(static p => p.ToString())) + " | Fathom's / kernel's |");
    Console.WriteLine("|---:|---:|---:|" + string.Concat(Enumerable.Repeat("---:|", Pairing.All.Length + 1)));
    foreach (var roundTrip in (int[])[10, 50, 200])
    {
        foreach (var buffer in (double[])[0.2, 1])
        {
            foreach (var loss in (double[])[0, 0.001, 0.01, 0.05])
            {
                // Little loss lets one path carry 100 Mbit/s: then one seed at a time is what the machine can pace.
                double[] means;
                if (loss >= 0.01) means = Cell(loss, roundTrip, buffer, seeds, seconds).Select(static f => f.Average()).ToArray();
                else means = Cell(loss, roundTrip, buffer, 1, seconds).Select(static f => f.Average()).ToArray();
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"| {roundTrip} ms | {buffer:0.0} | {loss:P1} | {string.Join(" | ", means.Select(static m => m.ToString("0.0", CultureInfo.InvariantCulture)))} | {means[1] / means[0]:0.00} |"));
            }
        }
    }
}
