namespace Fathom.Wire.Application.Tls;

/// <summary>A session that a ClientHello offers to go on with (RFC 8446 §4.2.11).</summary>
/// <param name="Identity">The ticket; 1 to 65,535 octets.</param>
/// <param name="ObfuscatedAge">Milliseconds since the ticket came, plus what the server said with it, modulo 2^32.</param>
/// <param name="BinderLength">Octets of the binder: those of the suite's hash.</param>
public sealed record TlsOfferedPreSharedKey(ReadOnlyMemory<byte> Identity, uint ObfuscatedAge, int BinderLength)
{
    /// <summary>Octets of the lengths before the one binder: the list's, and its own. A binder covers all before them (§4.2.11.2).</summary>
    public const int BinderLengths = 3;
}
