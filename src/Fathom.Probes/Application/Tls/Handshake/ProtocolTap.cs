using System.Buffers;
using Org.BouncyCastle.Tls;

namespace Fathom.Probes.Application.Tls.Handshake;

/// <summary>Shows a <see cref="HandshakeRecorder"/> what passes through BouncyCastle's protocols, which are two classes for the two sides.</summary>
internal static class ProtocolTap
{
    /// <summary>Shows a handshake message that came, before it is handled; ends the handshake where a limit is exceeded.</summary>
    /// <param name="recorder">The recorder.</param>
    /// <param name="type">The message's type.</param>
    /// <param name="input">The message; its position is left as it was.</param>
    public static void Received(HandshakeRecorder recorder, short type, HandshakeMessageInput input)
    {
        var length = (int)input.Length;
        var copy = ArrayPool<byte>.Shared.Rent(length);
        var position = input.Position;
        input.Position = 0;
        var read = input.Read(copy, 0, length);
        input.Position = position;
        var limit = recorder.HandshakeReceived((byte)type, copy.AsSpan(0, read));
        ArrayPool<byte>.Shared.Return(copy);
        if (limit != TlsLimit.None) throw new TlsFatalAlert(AlertDescription.internal_error, limit.ToString());
    }

    /// <summary>Shows a record that is about to be sent.</summary>
    /// <param name="recorder">The recorder.</param>
    /// <param name="type">The content type.</param>
    /// <param name="plaintext">The content before encryption.</param>
    public static void Sent(HandshakeRecorder recorder, short type, ReadOnlySpan<byte> plaintext)
    {
        if (type == ContentType.handshake) recorder.HandshakeSent(plaintext);
        else if (type == ContentType.change_cipher_spec) recorder.ChangeCipherSpec(TlsDirection.Sent);
    }
}
