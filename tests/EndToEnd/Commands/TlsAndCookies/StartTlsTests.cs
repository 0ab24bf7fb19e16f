using System.Text.Json;

namespace Fathom.EndToEnd.Commands.TlsAndCookies;

/// <summary><c>fathom tls --starttls</c> beside openssl's, against servers that begin in the clear.</summary>
public sealed class StartTlsTests
{
    // One server for each protocol's words, the real TLS behind them; "bad" variants say something else.
    private const string Server = """
        cd "$(mktemp -d)"
        openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key.pem -out cert.pem -days 40 -subj /CN=localhost -addext subjectAltName=DNS:localhost,IP:127.0.0.1 2>/dev/null
        cat > server.py <<'PY'
        import socket, ssl, sys, threading
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER); context.load_cert_chain('cert.pem', 'key.pem')
        words = {
            'smtp': ([b'220-mail here\r\n220 ready\r\n', (b'EHLO', b'250-mail\r\n250-SIZE 1\r\n250 STARTTLS\r\n'), (b'STARTTLS', b'220 go\r\n')]),
            'imap': ([b'* OK imap here\r\n', (b'', b'')]),
            'pop3': ([b'+OK pop here\r\n', (b'STLS', b'+OK go\r\n')]),
            'ftp': ([b'220 ftp here\r\n', (b'AUTH TLS', b'234 go\r\n')]),
            'stripped': ([b'220 ready\r\n', (b'EHLO', b'250-mail\r\n250 SIZE 1\r\n')]),
            'injected': ([b'220 ready\r\n', (b'EHLO', b'250-mail\r\n250 STARTTLS\r\n'), (b'STARTTLS', b'220 go\r\n250 injected\r\n')]),
            'refused': ([b'220 ready\r\n', (b'EHLO', b'250-mail\r\n250 STARTTLS\r\n'), (b'STARTTLS', b'454 not now\r\n')]),
            'endless': ([b'220 ' + b'x' * 100000]),
            'closing': ([b'']),
        }
        def serve(c, kind):
            try:
                said = words[kind]; c.sendall(said[0])
                if kind == 'closing': return c.close()
                f = c.makefile('rb', buffering=0)
                for ask, answer in said[1:]:
                    line = f.readline()
                    if kind == 'imap':
                        while line and b'STARTTLS' not in line.upper():
                            c.sendall(b'* CAPABILITY IMAP4rev1 STARTTLS\r\n' + line.split()[0] + b' OK\r\n'); line = f.readline()
                        answer = line.split()[0] + b' OK go\r\n'
                    c.sendall(answer)
                t = context.wrap_socket(c, server_side=True); t.recv(100); t.close()
            except (OSError, IndexError): pass
        def accept(kind, s):
            while True: threading.Thread(target=serve, args=(s.accept()[0], kind), daemon=True).start()
        # One after the other, so that all listen when the last does.
        listeners = [(kind, socket.create_server(('127.0.0.1', 7100 + i))) for i, kind in enumerate(words)]
        for kind, s in listeners[1:]: threading.Thread(target=accept, args=(kind, s), daemon=True).start()
        accept(*listeners[0])
        PY
        python3 server.py & until_listening 7108

        """;

    [Theory]
    [InlineData("smtp", 7100)]
    [InlineData("imap", 7101)]
    [InlineData("pop3", 7102)]
    [InlineData("ftp", 7103)]
    public async Task It_comes_to_the_same_certificate_as_openssl(string protocol, int port)
    {
        var result = await RunAsync($"""
            openssl s_client -connect 127.0.0.1:{port} -starttls {protocol} -CAfile cert.pem < /dev/null 2> /dev/null | openssl x509 -noout -fingerprint -sha256 | cut -d= -f2 | tr -d : | tr A-F a-f
            fathom tls 127.0.0.1:{port} --starttls {protocol} --cacert cert.pem -o json
            """);
        Assert.True(result.ExitCode == 0, result.ToString());
        var end = result.Output.IndexOf('\n', StringComparison.Ordinal);
        var json = JsonDocument.Parse(result.Output[end..]).RootElement;
        Assert.Equal("accepted", json.GetProperty("verdict").GetString());
        Assert.Equal(result.Output[..end], json.GetProperty("certificates")[0].GetProperty("sha256").GetString());
        Assert.True(json.GetProperty("startTls").GetArrayLength() >= 3, result.Output);
    }

    [Theory]
    [InlineData(7104, "does not offer STARTTLS")]
    [InlineData(7105, "octets came behind the consent")]
    [InlineData(7106, "454 not now")]
    [InlineData(7107, "more than 2048 octets")]
    [InlineData(7108, "closed the connection before TLS")]
    [InlineData(7101, "'* OK imap here'")]
    public async Task What_keeps_it_from_TLS_has_a_name(int port, string words)
    {
        var result = await RunAsync($"fathom tls 127.0.0.1:{port} --starttls smtp -o json");
        Assert.True(result.ExitCode == 1, result.ToString());
        var json = JsonDocument.Parse(result.Output).RootElement;
        Assert.Equal("STARTTLS", json.GetProperty("layer").GetString());
        Assert.Contains(words, json.GetProperty("summary").GetString(), StringComparison.Ordinal);
    }

    // openssl makes the OCSP response and the server staples it; what openssl's client reads in it is what we say.
    [Theory]
    [InlineData("V\t350101000000Z\t\t{0}\tunknown\t/CN=localhost", "good")]
    [InlineData("R\t350101000000Z\t260101000000Z\t{0}\tunknown\t/CN=localhost", "revoked")]
    public async Task A_stapled_response_is_told(string index, string status)
    {
        var line = index.Replace("{0}", "$serial", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal);
        var result = await RunAsync($"""
            serial=$(openssl x509 -in cert.pem -noout -serial | cut -d= -f2); printf "{line}\n" > index.txt
            openssl ocsp -issuer cert.pem -cert cert.pem -reqout req.der > /dev/null 2>&1
            openssl ocsp -index index.txt -rsigner cert.pem -rkey key.pem -CA cert.pem -reqin req.der -respout resp.der -ndays 3 > /dev/null 2>&1
            openssl s_server -accept 7200 -cert cert.pem -key key.pem -status_file resp.der -quiet > /dev/null 2>&1 & until_listening 7200
            openssl s_client -connect 127.0.0.1:7200 -status < /dev/null 2> /dev/null | grep 'Cert Status' | head -1
            fathom tls 127.0.0.1:7200 --cacert cert.pem -o json
            """);
        Assert.StartsWith($"    Cert Status: {status}\n", result.Output, StringComparison.Ordinal);
        var json = JsonDocument.Parse(result.Output[result.Output.IndexOf('\n', StringComparison.Ordinal)..]).RootElement;
        Assert.Equal(status, json.GetProperty("handshake").GetProperty("ocsp").GetProperty("status").GetString());
    }

    private static async Task<CommandResult> RunAsync(string script)
    {
        Sandbox.SkipIfImpossible();
        FathomBinary.SkipIfAbsent();
        return await Sandbox.RunAsync(Server + script);
    }
}
