using System.Text.Json;

namespace Fathom.EndToEnd.Commands.TlsAndCookies;

/// <summary><c>fathom tls</c> against openssl, curl and nginx: the same facts, and the same servers refused.</summary>
public sealed class TlsCommandTests
{
    // A root, an intermediate and leaves in the current folder: good, expired, for another name, of an unknown root, self-signed.
    private const string Certificates = """
        cd "$(mktemp -d)"
        key() { openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout $1.key -out $1.csr -subj "/CN=$2" 2>/dev/null; }
        root() { openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout $1.key -out $1.pem -subj "/CN=Test $1" -days 365 -addext "keyUsage=critical,keyCertSign" 2>/dev/null; }
        leaf() {
            printf "subjectAltName=$2\nextendedKeyUsage=serverAuth\nkeyUsage=critical,digitalSignature\nbasicConstraints=critical,CA:FALSE\n" > $1.ext
            key $1 "$1.example"; openssl x509 -req -in $1.csr -CA $3.pem -CAkey $3.key -days $4 -extfile $1.ext -out $1.pem 2>/dev/null
        }
        root root; root stranger
        key int "Test Intermediate"; printf "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\nsubjectKeyIdentifier=hash\n" > int.ext
        openssl x509 -req -in int.csr -CA root.pem -CAkey root.key -days 300 -extfile int.ext -out int.pem 2>/dev/null
        leaf good DNS:localhost,IP:127.0.0.1 int 90
        leaf expired DNS:localhost int -1
        leaf othername DNS:other.example int 90
        leaf unknown DNS:localhost stranger 90
        serve() { openssl s_server -accept 8443 -quiet -www "$@" >/dev/null 2>&1 & server=$!; until_listening 8443; }
        stop() { kill $server; wait $server 2>/dev/null; }

        """;

    [Theory]
    [InlineData("-tls1_3")]
    [InlineData("-tls1_2")]
    public async Task The_facts_are_those_of_openssl(string version)
    {
        var result = await RunAsync($$"""
            serve -cert good.pem -key good.key -cert_chain int.pem {{version}} -alpn http/1.1
            fathom tls localhost:8443 --cacert root.pem -o json
            echo "=== $?"
            openssl s_client -connect localhost:8443 -servername localhost -CAfile root.pem -alpn http/1.1 </dev/null 2>&1 | grep -E "Protocol|New, |ALPN|Verify return|Server Temp Key"
            openssl x509 -in good.pem -noout -fingerprint -sha256 -serial -enddate -dateopt iso_8601
            openssl x509 -in good.pem -pubkey -noout | openssl pkey -pubin -outform der | sha256sum
            stop
            """);
        var (json, rest) = Split(result);
        var handshake = json.GetProperty("handshake");
        var leaf = json.GetProperty("certificates")[0];
        Assert.StartsWith("0\n", rest, StringComparison.Ordinal);
        Assert.Equal("accepted", json.GetProperty("verdict").GetString());
        Assert.Contains("Verify return code: 0 (ok)", rest, StringComparison.Ordinal);
        Assert.Contains($"New, {handshake.GetProperty("version").GetString()!.Replace("TLS ", "TLSv", StringComparison.Ordinal)}", rest, StringComparison.Ordinal);
        Assert.Contains($"ALPN protocol: {handshake.GetProperty("applicationProtocol").GetString()}", rest, StringComparison.Ordinal);
        Assert.Contains(handshake.GetProperty("keyExchange").GetString()!, rest, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(leaf.GetProperty("sha256").GetString()!, rest.Replace(":", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
        Assert.Contains($"serial={leaf.GetProperty("serial").GetString()}", rest, StringComparison.OrdinalIgnoreCase);
        Assert.Contains($"notAfter={leaf.GetProperty("notAfter").GetString()!.Replace('T', ' ')}", rest, StringComparison.Ordinal);
        Assert.Contains(leaf.GetProperty("publicKeySha256").GetString()!, rest, StringComparison.Ordinal);
        Assert.Equal(2, json.GetProperty("certificates").GetArrayLength());
    }

    // The reason is openssl's number of X509_verify_cert_error_string, for the same server.
    [Theory]
    [InlineData("good", "-cert_chain int.pem", "", 0)]
    [InlineData("expired", "-cert_chain int.pem", "expired", 10)]
    [InlineData("othername", "-cert_chain int.pem", "nameMismatch", 62)]
    [InlineData("good", "", "incompleteChain", 20)]
    [InlineData("unknown", "-cert_chain stranger.pem", "untrustedIssuer", 19)]
    [InlineData("stranger", "", "selfSigned", 18)]
    public async Task A_server_is_refused_where_openssl_and_curl_refuse_it(string leaf, string chain, string problem, int number)
    {
        var result = await RunAsync($$"""
            serve -cert {{leaf}}.pem -key {{leaf}}.key {{chain}}
            fathom tls localhost:8443 --cacert root.pem -o json
            echo "=== $?"
            openssl s_client -connect localhost:8443 -servername localhost -verify_hostname localhost -CAfile root.pem </dev/null 2>&1 | grep -E "verify error:num|Verify return" | sort -u
            curl -s -o /dev/null --cacert root.pem https://localhost:8443/; echo "curl $?"
            stop
            """);
        var (json, rest) = Split(result);
        Assert.StartsWith(problem.Length == 0 ? "0\n" : "1\n", rest, StringComparison.Ordinal);
        Assert.Equal(problem.Length == 0 ? "curl 0" : "curl 60", rest.TrimEnd().Split('\n')[^1]);
        var problems = json.GetProperty("problems").EnumerateArray().Select(static p => p.GetProperty("kind").GetString()).ToArray();
        if (problem.Length == 0) Assert.Empty(problems);
        else Assert.Contains(problem, problems);
        Assert.Contains(number == 0 ? "Verify return code: 0 (ok)" : $"num={number}:", rest, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nginx_is_seen_as_curl_sees_it()
    {
        var result = await RunAsync("""
            cat good.pem int.pem > full.pem
            printf 'daemon off; error_log /dev/null; pid %s/pid; events {}\nhttp { access_log off; client_body_temp_path %s; proxy_temp_path %s; fastcgi_temp_path %s; uwsgi_temp_path %s; scgi_temp_path %s;\nserver { listen 8443 ssl http2; ssl_certificate %s/full.pem; ssl_certificate_key %s/good.key; ssl_protocols TLSv1.2 TLSv1.3; ssl_prefer_server_ciphers on; } }\n' "$PWD" "$PWD" "$PWD" "$PWD" "$PWD" "$PWD" "$PWD" "$PWD" > nginx.conf
            nginx -c "$PWD/nginx.conf" 2>/dev/null & server=$!
            until_listening 8443
            fathom tls localhost:8443 --cacert root.pem --alpn h2,http/1.1 --versions -o json
            echo "=== $?"
            curl -sv -o /dev/null --cacert root.pem https://localhost:8443/ 2>&1 | grep -E "ALPN|SSL connection"
            stop
            """);
        var (json, rest) = Split(result);
        Assert.StartsWith("0\n", rest, StringComparison.Ordinal);
        Assert.Contains("SSL connection using TLSv1.3", rest, StringComparison.Ordinal);
        Assert.Equal("TLS 1.3", json.GetProperty("handshake").GetProperty("version").GetString());
        Assert.Equal("h2", json.GetProperty("handshake").GetProperty("applicationProtocol").GetString());
        Assert.Contains("accepted h2", rest, StringComparison.Ordinal);
        var spoken = json.GetProperty("versions").EnumerateArray().Where(static v => v.GetProperty("support").GetString() == "spoken").Select(static v => v.GetProperty("version").GetString());
        Assert.Equal(["TLS 1.3", "TLS 1.2"], spoken);
    }

    [Fact]
    public async Task Suites_are_those_that_openssl_was_told()
    {
        var result = await RunAsync("""
            serve -cert good.pem -key good.key -tls1_2 -serverpref -cipher ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-AES128-GCM-SHA256
            fathom tls localhost:8443 --cacert root.pem --suites -o json
            echo "=== $?"
            stop
            """);
        var (json, _) = Split(result);
        var survey = Assert.Single(json.GetProperty("suites").EnumerateArray());
        Assert.Equal(["TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"], survey.GetProperty("suites").EnumerateArray().Select(static s => s.GetString()));
        Assert.True(survey.GetProperty("isComplete").GetBoolean());
    }

    [Fact]
    public async Task A_missing_client_certificate_is_named_though_the_alert_comes_late()
    {
        var result = await RunAsync("""
            serve -cert good.pem -key good.key -cert_chain int.pem -Verify 1 -CAfile root.pem
            fathom tls localhost:8443 --cacert root.pem -o json
            echo "=== $?"
            stop
            """);
        var (json, rest) = Split(result);
        Assert.StartsWith("1\n", rest, StringComparison.Ordinal);
        Assert.Contains("certificate_required", json.GetProperty("summary").GetString(), StringComparison.Ordinal);
        Assert.True(json.GetProperty("handshake").GetProperty("clientCertificateRequested").GetBoolean());
    }

    [Theory]
    [InlineData("fathom tls localhost:1", "TCP")]
    [InlineData("fathom tls localhost:8000 --timeout 2", "TLS")]
    [InlineData("fathom tls localhost:8001 --timeout 0.5", "TLS")]
    [InlineData("fathom tls nothere.invalid", "DNS")]
    public async Task What_is_not_tls_is_named_by_its_layer(string command, string layer)
    {
        // 8000 answers anything with text; 8001 takes the connection and never says a word.
        var result = await Sandbox.RunAsync($$"""
            python3 -c "
            import socket,threading
            def serve(port,reply):
                s=socket.create_server(('127.0.0.1',port))
                keep=[]
                while True:
                    c,_=s.accept(); keep.append(c)
                    if reply: c.recv(4096); c.sendall(reply); c.close()
            threading.Thread(target=serve,args=(8000,b'HTTP/1.1 400 Bad Request\r\n\r\n'),daemon=True).start()
            serve(8001,None)
            " &
            until_listening 8000; until_listening 8001
            {{command}} -o json
            echo "=== $?"
            """);
        var (json, rest) = Split(result);
        Assert.StartsWith("1\n", rest, StringComparison.Ordinal);
        Assert.Equal(layer, json.GetProperty("layer").GetString());
    }

    [Theory]
    [InlineData("tls")]
    [InlineData("tls localhost:99999")]
    [InlineData("tls http://localhost/")]
    [InlineData("tls localhost --tls1.2 --tls1.3")]
    [InlineData("tls localhost -4 -6")]
    [InlineData("tls localhost --cacert /nowhere")]
    [InlineData("tls localhost --timeout 0")]
    [InlineData("tls localhost --alpn 'a b'")]
    [InlineData("cookies")]
    [InlineData("cookies explain ''")]
    [InlineData("cookies explain 'a=1' --url example.org")]
    [InlineData("cookies explain 'a=1' --now yesterday")]
    [InlineData("cookies for https://a.example/")]
    [InlineData("cookies for https://a.example/ --jar /nowhere")]
    [InlineData("cookies set 'a=1' --url https://a.example/ --jar -")]
    [InlineData("cookies list /nowhere")]
    public async Task A_wrong_command_line_sends_nothing_and_says_so(string arguments)
    {
        Sandbox.SkipIfImpossible();
        FathomBinary.SkipIfAbsent();
        var result = await Sandbox.RunAsync($"fathom {arguments}");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("fathom", result.Error + result.Output, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("   at ", result.Text, StringComparison.Ordinal);
    }

    private static async Task<CommandResult> RunAsync(string script)
    {
        Sandbox.SkipIfImpossible();
        FathomBinary.SkipIfAbsent();
        return await Sandbox.RunAsync(Certificates + script);
    }

    private static (JsonElement Json, string Others) Split(CommandResult result)
    {
        var parts = result.Output.Split("=== ", 2);
        Assert.True(parts.Length == 2 && parts[0].StartsWith('{'), result.ToString());
        return (JsonDocument.Parse(parts[0]).RootElement, parts[1]);
    }
}
