namespace Goodput;

/// <summary>What an end is to do.</summary>
/// <param name="IsClient">It connects and writes; else it listens and reads.</param>
/// <param name="Length">Octets to be carried; <see cref="long.MaxValue"/>: as many as the time allows.</param>
/// <param name="Seed">Decides what chance decides in Fathom's own stack.</param>
internal sealed record EndPlan(bool IsClient, long Length, int Seed)
{
    public const ushort Port = 5001;
    public const int Mtu = 1500;

    public const string ClientAddress = "10.0.0.1";
    public const string ServerAddress = "10.0.0.2";
}
