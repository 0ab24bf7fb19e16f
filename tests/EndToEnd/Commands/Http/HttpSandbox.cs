using System.Text.Json;

namespace Fathom.EndToEnd.Commands.Http;

/// <summary>Scripts with a web server in them, on the loopback of a namespace of their own.</summary>
internal static class HttpSandbox
{
    // nginx with pages by length, in chunks and compressed, redirects, and TLS with a certificate of its own making.
    private const string Nginx = """
        d=$(mktemp -d); trap 'kill $(jobs -p) 2>/dev/null; rm -rf "$d"' EXIT; cd "$d"; mkdir www
        seq 1 2000 > www/numbers.txt; head -c 300000 /dev/urandom > www/random.bin; echo hello > www/index.html
        openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key.pem -out cert.pem -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost 2>/dev/null
        cat > nginx.conf <<'CONF'
        daemon off; master_process off; pid nginx.pid; error_log stderr crit;
        events {}
        http {
          access_log off; client_body_temp_path b; proxy_temp_path p; fastcgi_temp_path f; uwsgi_temp_path u; scgi_temp_path s;
          types { text/plain txt; text/html html; }
          server {
            listen 127.0.0.1:8081; listen 127.0.0.1:8443 ssl; ssl_certificate cert.pem; ssl_certificate_key key.pem;
            root www; gzip on; gzip_types text/plain; gzip_min_length 1;
            location = /old { return 301 /numbers.txt; }
            location = /twice { return 302 /old; }
            location = /loop { return 302 /loop; }
            location = /teapot { return 418 "short and stout"; }
            location = /post { return 307 /index.html; }
          }
        }
        CONF
        nginx -p "$d" -c nginx.conf -e stderr & until_listening 8081; until_listening 8443

        """;

    /// <summary>Runs a script in a folder of its own with nginx at 8081 and 8443 (TLS).</summary>
    public static Task<CommandResult> WithNginxAsync(string script) => Sandbox.RunAsync(Nginx.Replace("\n        ", "\n", StringComparison.Ordinal) + script);

    /// <summary>Skips where it cannot run.</summary>
    public static void SkipIfImpossible()
    {
        Sandbox.SkipIfImpossible();
        FathomBinary.SkipIfAbsent();
    }

    /// <summary>A server that answers one connection with the given octets, in Python's notation for bytes, and closes; then "until_listening PORT".</summary>
    public static string OneAnswer(int port, string answer) => $$"""
        python3 -c "
        import socket
        s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1); s.bind(('127.0.0.1', {{port}})); s.listen()
        c, _ = s.accept(); c.recv(65536)
        try: c.sendall({{answer}})
        except OSError: pass
        c.close()" & until_listening {{port}}

        """;

    /// <summary>The last hop of a JSON document of <c>fathom http</c>.</summary>
    public static JsonElement LastHop(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.GetProperty("hops").EnumerateArray().Last().Clone();
    }
}
