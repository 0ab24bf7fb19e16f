namespace Fuzz;

/// <summary>Something that must hold for any octets did not.</summary>
/// <param name="message">What.</param>
public sealed class FuzzException(string message) : Exception(message)
{
    internal static void ThrowUnless(bool holds, string what)
    {
        if (!holds) throw new FuzzException(what);
    }
}
