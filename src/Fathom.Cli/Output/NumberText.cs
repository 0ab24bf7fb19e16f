using System.Globalization;
using System.Numerics;

namespace Fathom.Cli.Output;

/// <summary>Numbers for people.</summary>
internal static class NumberText
{
    // Longer numbers than a million million are easier to read as a power.
    private static readonly BigInteger Readable = BigInteger.Pow(10, 12);

    /// <summary>"256", "65,536"; "2^64" for a large power of two, and "about 1.8e19" for any other large number.</summary>
    public static string Of(BigInteger number)
    {
        if (number < Readable) return number.ToString("N0", CultureInfo.InvariantCulture);
        if (number.IsPowerOfTwo) return "2^" + BigInteger.Log2(number).ToString(CultureInfo.InvariantCulture);
        for (var less = 1; less <= 2; less++)
        {
            if ((number + less).IsPowerOfTwo) return string.Create(CultureInfo.InvariantCulture, $"2^{BigInteger.Log2(number + less)} - {less}");
        }

        return "about " + ((double)number).ToString("0.0e0", CultureInfo.InvariantCulture);
    }

    /// <summary>"1 address", "2 addresses".</summary>
    public static string Count(BigInteger number, string one, string many) => $"{Of(number)} {(number.IsOne ? one : many)}";
}
