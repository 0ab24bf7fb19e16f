using Fathom.Wire.Internet;

namespace Fathom.Stack.Transport.Tcp;

/// <summary>How and why a connection ended.</summary>
/// <param name="Kind">How.</param>
public sealed record TcpEnding(TcpEndingKind Kind)
{
    /// <summary>The last ICMP error about the connection, where there was one: the reason of <see cref="TcpEndingKind.Unreachable"/>, a hint elsewhere.</summary>
    public TcpIcmpError? Error { get; init; }
}
