using System.Text.Json;

namespace Fathom.EndToEnd.Commands.TlsAndCookies;

/// <summary><c>fathom tls --resume</c> against OpenSSL, which checks the binder of a ticket (RFC 8446 §4.2.11.2): what it accepts was computed right.</summary>
public sealed class ResumptionTests
{
    private const string Servers = """
        cd "$(mktemp -d)"
        openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key.pem -out cert.pem -days 40 -subj /CN=localhost -addext subjectAltName=DNS:localhost,IP:127.0.0.1 2>/dev/null
        # A server that forgets: each connection has keys of its own.
        cat > forgetful.py <<'PY'
        import socket, ssl
        s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1); s.bind(('127.0.0.1', 7203)); s.listen()
        while True:
            c, _ = s.accept(); context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER); context.load_cert_chain('cert.pem', 'key.pem')
            try: t = context.wrap_socket(c, server_side=True); t.recv(10); t.close()
            except OSError: pass
        PY
        serve() { openssl s_server -accept $1 -cert cert.pem -key key.pem -quiet "${@:2}" > /dev/null 2>&1 & }
        serve 7200; serve 7201 -no_ticket -num_tickets 0; serve 7202 -ciphersuites TLS_AES_256_GCM_SHA384; python3 forgetful.py &
        for p in 7200 7201 7202 7203; do until_listening $p; done

        """;

    [Theory]
    [InlineData("7200", "resumed", "a ticket of")]
    [InlineData("7202", "resumed", "a ticket of")]
    [InlineData("7201", "notOffered", "")]
    [InlineData("7200 --tls1.2", "resumed", "a session id")]
    [InlineData("7203", "beganAnew", "a ticket of")]
    public async Task What_a_server_makes_of_a_session_is_told(string server, string status, string by)
    {
        Sandbox.SkipIfImpossible();
        FathomBinary.SkipIfAbsent();
        var result = await Sandbox.RunAsync($"{Servers}fathom tls 127.0.0.1:{server} --cacert cert.pem --resume -o json");
        Assert.True(result.ExitCode == 0, result.ToString());
        var tried = JsonDocument.Parse(result.Output).RootElement.GetProperty("handshake").GetProperty("resumption");
        Assert.Equal(status, tried.GetProperty("status").GetString());
        Assert.StartsWith(by, tried.GetProperty("by").GetString(), StringComparison.Ordinal);
    }
}
