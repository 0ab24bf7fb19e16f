namespace Fathom.Probes.Internet;

/// <summary>Estimates how many routers a packet passed.</summary>
public static class HopDistance
{
    /// <summary>
    /// Systems start with a hop limit of 64, 128 or 255 (RFC 1700 recommends 64; Windows uses 128, many routers 255):
    /// the next of these above what was left tells how many routers decremented it.
    /// </summary>
    /// <param name="left">The hop limit left on arrival.</param>
    /// <returns>The number of routers on the way back, 0 to 191.</returns>
    public static int Estimate(byte left) => (left <= 64 ? 64 : left <= 128 ? 128 : 255) - left;
}
