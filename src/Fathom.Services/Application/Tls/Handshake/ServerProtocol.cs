using Fathom.Probes.Application.Tls;
using Fathom.Probes.Application.Tls.Handshake;
using Org.BouncyCastle.Tls;

namespace Fathom.Services.Application.Tls.Handshake;

/// <summary>BouncyCastle's non-blocking server, with the messages of both directions shown to a <see cref="HandshakeRecorder"/>.</summary>
internal sealed class ServerProtocol(HandshakeRecorder recorder) : TlsServerProtocol
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
        ProtocolTap.Received(recorder, type, buf);
        base.HandleHandshakeMessage(type, buf);
    }

    protected override void HandleChangeCipherSpecMessage()
    {
        recorder.ChangeCipherSpec(TlsDirection.Received);
        base.HandleChangeCipherSpecMessage();
    }

    protected override void SafeWriteRecord(short type, byte[] buf, int offset, int len)
    {
        ProtocolTap.Sent(recorder, type, buf.AsSpan(offset, len));
        base.SafeWriteRecord(type, buf, offset, len);
    }

    protected override void SafeWriteRecord(short type, ReadOnlySpan<byte> buf)
    {
        ProtocolTap.Sent(recorder, type, buf);
        base.SafeWriteRecord(type, buf);
    }
}
