namespace Fathom.Probes.Application.Tls;

/// <summary>A handshake message, alert or change_cipher_spec that was sent or received, in the order of the connection.</summary>
/// <param name="Direction">Who sent it.</param>
/// <param name="Name">Its name as the RFCs write it: "client_hello", "certificate_verify", "change_cipher_spec", "alert fatal handshake_failure (40)".</param>
/// <param name="Length">Octets of the message without headers.</param>
/// <param name="At">Time since the probe began.</param>
/// <param name="IsEncrypted">True when it crossed the network encrypted.</param>
public sealed record TlsMessageSeen(TlsDirection Direction, string Name, int Length, TimeSpan At, bool IsEncrypted)
{
    /// <summary>
    /// The message as it was in the clear (a handshake message with its 4 octets of header), up to
    /// <see cref="MaximumOctetsKept"/> octets; the handshake's own, also where it crossed encrypted.
    /// </summary>
    public ReadOnlyMemory<byte> Octets { get; init; }

    /// <summary>How much of a message is kept: enough for any hello, not for a hostile chain.</summary>
    public const int MaximumOctetsKept = 16 * 1024;
}
