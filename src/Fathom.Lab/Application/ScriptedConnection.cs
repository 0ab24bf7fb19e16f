using Fathom.Hosts.Transport;

namespace Fathom.Lab.Application;

/// <summary>A connection on which the first that is read is answered with fixed octets, and whose stream has ended for who serves it.</summary>
internal sealed class ScriptedConnection : WrappedConnection
{
    // alert (21), TLS 1.2, two octets: fatal (2), internal_error (80) (RFC 8446 §5.1, §6).
    private static readonly byte[] Alert = [21, 3, 3, 0, 2, 2, 80];

    private static readonly byte[] Greeting = "SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n"u8.ToArray();

    private readonly byte[]? _answer;
    private readonly bool _greets;

    private ScriptedConnection(IStreamConnection inner, byte[]? answer, bool greets)
        : base(inner)
    {
        _answer = answer;
        _greets = greets;
    }

    /// <summary>The script of a trouble with TLS, or null where it has none.</summary>
    public static ScriptedConnection? Of(TlsTrouble trouble, IStreamConnection inner) => trouble switch
    {
        TlsTrouble.NotTls => new ScriptedConnection(inner, Greeting, greets: true),
        TlsTrouble.Alert => new ScriptedConnection(inner, Alert, greets: false),
        TlsTrouble.Closes => new ScriptedConnection(inner, [], greets: false),
        TlsTrouble.Silent => new ScriptedConnection(inner, null, greets: false),
        _ => null,
    };

    public override async ValueTask<StreamResult> ReadAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        if (_greets) await Inner.WriteAsync(_answer, cancellation);
        if ((await Inner.ReadAsync(buffer, cancellation)).Status == StreamStatus.Ok)
        {
            if (!_greets && _answer is { Length: > 0 }) await Inner.WriteAsync(_answer, cancellation);
            if (_answer is not null) await Inner.ShutdownAsync(cancellation);
            await DrainAsync(cancellation);
        }

        return new StreamResult(StreamStatus.End, 0);
    }
}
