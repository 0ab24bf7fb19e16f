using System.Buffers;
using Org.BouncyCastle.Tls;

namespace Fathom.Probes.Application.Tls.Handshake;

/// <summary>BouncyCastle's non-blocking client, with the messages of both directions shown to a <see cref="HandshakeRecorder"/>.</summary>
internal sealed class ProbeProtocol(HandshakeRecorder recorder) : TlsClientProtocol
{
    /// <summary>Sends close_notify and goes on reading; the base class's Close would stop both directions.</summary>
    public void SendCloseNotify() => RaiseAlertWarning(AlertDescription.close_notify, "");

    // The base class answers a close_notify with its own, also where this end's has gone already.
    protected override void RaiseAlertWarning(short alertDescription, string message)
    {
        if (alertDescription != AlertDescription.close_notify || !recorder.CloseNotifySent) base.RaiseAlertWarning(alertDescription, message);
    }

    protected override void HandleHandshakeMessage(short type, HandshakeMessageInput buf)
    {
        var length = (int)buf.Length;
        var copy = ArrayPool<byte>.Shared.Rent(length);
        var position = buf.Position;
        buf.Position = 0;
        var read = buf.Read(copy, 0, length);
        buf.Position = position;
        var limit = recorder.HandshakeReceived((byte)type, copy.AsSpan(0, read));
        ArrayPool<byte>.Shared.Return(copy);
        if (limit != TlsLimit.None) throw new TlsFatalAlert(AlertDescription.internal_error, limit.ToString());
        base.HandleHandshakeMessage(type, buf);
    }

    protected override void HandleChangeCipherSpecMessage()
    {
        recorder.ChangeCipherSpec(TlsDirection.Received);
        base.HandleChangeCipherSpecMessage();
    }

    protected override void SafeWriteRecord(short type, byte[] buf, int offset, int len)
    {
        Record(type, buf.AsSpan(offset, len));
        base.SafeWriteRecord(type, buf, offset, len);
    }

    protected override void SafeWriteRecord(short type, ReadOnlySpan<byte> buf)
    {
        Record(type, buf);
        base.SafeWriteRecord(type, buf);
    }

    private void Record(short type, ReadOnlySpan<byte> plaintext)
    {
        if (type == ContentType.handshake) recorder.HandshakeSent(plaintext);
        else if (type == ContentType.change_cipher_spec) recorder.ChangeCipherSpec(TlsDirection.Sent);
    }
}
