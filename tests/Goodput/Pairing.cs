namespace Goodput;

/// <summary>Who writes to whom.</summary>
/// <param name="ClientIsKernel">The kernel writes; else Fathom does.</param>
/// <param name="ServerIsKernel">The kernel reads; else Fathom does.</param>
internal sealed record Pairing(bool ClientIsKernel, bool ServerIsKernel)
{
    public static readonly Pairing[] All = [new(true, true), new(false, false), new(false, true), new(true, false)];

    public override string ToString() => $"{(ClientIsKernel ? "kernel" : "Fathom")} → {(ServerIsKernel ? "kernel" : "Fathom")}";
}
