using Fathom.Hosts.Transport;
using Fathom.Wire.Application.Tls;

namespace Fathom.Probes.Application.Tls.Handshake;

/// <summary>Reads a server's first answer to a ClientHello: a ServerHello, an alert, or the end.</summary>
internal static class FirstAnswer
{
    /// <summary>A ServerHello has at most some hundred octets; what is longer is no answer.</summary>
    private const int MaximumOctets = 4096;

    public static async ValueTask<TlsVersionAnswer> ReadAsync(IStreamConnection connection, TlsVersion asked, CancellationToken cancellation)
    {
        var buffer = new byte[MaximumOctets];
        var count = 0;
        while (count < buffer.Length)
        {
            var read = await connection.ReadAsync(buffer.AsMemory(count), cancellation);
            if (read.Status != StreamStatus.Ok)
            {
                var how = read.Status switch { StreamStatus.End => "closed", StreamStatus.Reset => "reset", _ => "the connection failed" };
                return new TlsVersionAnswer(asked, TlsVersionSupport.NoAnswer, how);
            }

            count += read.Count;
            if (TryInterpret(buffer.AsSpan(0, count), asked) is { } answer) return answer;
        }

        return new TlsVersionAnswer(asked, TlsVersionSupport.NoAnswer, "a server_hello that does not end");
    }

    /// <summary>Interprets what came so far; null when more is needed.</summary>
    internal static TlsVersionAnswer? TryInterpret(ReadOnlySpan<byte> octets, TlsVersion asked)
    {
        if (!new TlsRecordScanner().Feed(octets)) return new TlsVersionAnswer(asked, TlsVersionSupport.NoAnswer, "not TLS");

        // The message may be spread over several records (RFC 8446 §5.1).
        var message = new List<byte>();
        while (octets.Length >= TlsRecord.HeaderLength)
        {
            var type = (TlsContentType)octets[0];
            var length = (octets[3] << 8) | octets[4];
            var fragment = octets[TlsRecord.HeaderLength..];
            if (type == TlsContentType.Alert) return fragment.Length < 2 ? null : FromAlert(fragment, asked);
            if (type != TlsContentType.Handshake) return new TlsVersionAnswer(asked, TlsVersionSupport.NoAnswer, "a record that is no answer to a hello");
            message.AddRange(fragment[..Math.Min(length, fragment.Length)]);
            if (TryFromHello(message, asked) is { } answer) return answer;
            if (fragment.Length < length) return null;
            octets = fragment[length..];
        }

        return null;
    }

    private static TlsVersionAnswer FromAlert(ReadOnlySpan<byte> fragment, TlsVersion asked)
    {
        var alert = new TlsAlert((TlsAlertLevel)fragment[0], (TlsAlertDescription)fragment[1]);
        var support = alert.Description == TlsAlertDescription.ProtocolVersion ? TlsVersionSupport.Refused : TlsVersionSupport.Unclear;
        return new TlsVersionAnswer(asked, support, "alert " + alert) { Alert = alert };
    }

    private static TlsVersionAnswer? TryFromHello(List<byte> message, TlsVersion asked)
    {
        if (message.Count == 0) return null;
        if ((TlsHandshakeType)message[0] != TlsHandshakeType.ServerHello) return new TlsVersionAnswer(asked, TlsVersionSupport.NoAnswer, ((TlsHandshakeType)message[0]).ToText() + " instead of server_hello");
        if (message.Count < TlsHandshakeMessage.HeaderLength) return null;
        var length = (message[1] << 16) | (message[2] << 8) | message[3];
        if (message.Count - TlsHandshakeMessage.HeaderLength < length) return null;
        var body = message.GetRange(TlsHandshakeMessage.HeaderLength, length).ToArray();
        if (!ServerHelloFacts.TryRead(body, out var hello)) return new TlsVersionAnswer(asked, TlsVersionSupport.NoAnswer, "a server_hello that cannot be read");
        var support = hello.Version == asked ? TlsVersionSupport.Spoken : TlsVersionSupport.Refused;
        return new TlsVersionAnswer(asked, support, $"server_hello of {hello.Version.ToText()}")
        {
            Selected = hello.Version,
            TakesPreSharedKey = hello.TakesPreSharedKey,
            SessionId = hello.SessionId,
            CipherSuite = TlsCipherSuites.Name(hello.CipherSuite),
            IsUsualSuite = CipherSuites.Offered(TlsVersion.Tls12, TlsVersion.Tls13).Contains(hello.CipherSuite),
        };
    }
}
