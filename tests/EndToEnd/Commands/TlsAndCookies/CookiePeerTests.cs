using System.Text.Json;

namespace Fathom.EndToEnd.Commands.TlsAndCookies;

/// <summary>The cookie jar beside curl's: a server sets, both keep, both are asked again.</summary>
public sealed class CookiePeerTests
{
    // Sets what /set?N asks for from the file fields/N, and answers everything with the Cookie field that came.
    private const string Server = """
        cd "$(mktemp -d)"; mkdir fields
        cat > server.py <<'PY'
        from http.server import *
        class H(BaseHTTPRequestHandler):
            def do_GET(self):
                self.send_response(200)
                if 'set' in self.path:
                    for line in open('fields/cookies', encoding='latin-1'): self.send_header('Set-Cookie', line.rstrip('\n'))
                body=(self.headers.get('Cookie') or '').encode('latin-1')
                self.send_header('Content-Length', str(len(body))); self.end_headers(); self.wfile.write(body)
            def log_message(self,*a): pass
        HTTPServer(('127.0.0.1',8000),H).serve_forever()
        PY
        python3 server.py & until_listening 8000
        ask() { curl -s --resolve "*:8000:127.0.0.1" "$@"; }

        """;

    // What is asked after the cookies were set at http://www.example.com/docs/set, and whether both send the same.
    public static TheoryData<string, string, string, string> Cases() => new()
    {
        { "a=1", "www.example.com", "/docs/x", "" },
        { "a=1", "www.example.com", "/other", "" },
        { "a=1", "example.com", "/docs/x", "" },
        { "a=1; Domain=example.com; Path=/", "other.example.com", "/", "" },
        { "a=1; Domain=.example.com; Path=/docs", "www.example.com", "/documents", "" },
        { "a=1; Domain=com", "www.example.com", "/docs/x", "" },
        { "a=1; Domain=other.com", "www.example.com", "/docs/x", "" },
        { "a=1; Domain=www.example.com; Path=/", "a.www.example.com", "/", "" },
        { "a=1; Secure", "www.example.com", "/docs/x", "" },
        { "__Secure-a=1", "www.example.com", "/docs/x", "" },
        { "__Host-a=1; Path=/", "www.example.com", "/docs/x", "" },
        { "a=1; Max-Age=0", "www.example.com", "/docs/x", "" },
        { "a=1; Max-Age=100; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "www.example.com", "/docs/x", "" },
        { "a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "www.example.com", "/docs/x", "" },
        { "a=1\na=2", "www.example.com", "/docs/x", "" },
        { "a=1\nb=2; Path=/docs/deep", "www.example.com", "/docs/deep/x", "" },
        { "a=", "www.example.com", "/docs/x", "" },
        { "a=x=y; HttpOnly", "www.example.com", "/docs/x", "" },
        { "a=\"quoted\"", "www.example.com", "/docs/x", "" },

        // Where they differ, and the clause that we follow.
        { "a=1; SameSite=None", "www.example.com", "/docs/x", "RFC 6265bis §5.7 step 19: curl does not know SameSite" },
        { "nameless", "www.example.com", "/docs/x", "RFC 6265bis §5.6 step 3: curl drops a cookie without a name, as RFC 6265 §5.2 did" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task The_same_cookies_go_back(string fields, string host, string path, string difference)
    {
        Sandbox.SkipIfImpossible();
        FathomBinary.SkipIfAbsent();
        var quoted = string.Join(' ', fields.Split('\n').Select(static f => $"'{f}'"));
        var result = await Sandbox.RunAsync(Server + $$"""
            printf '%s\n' {{quoted}} > fields/cookies
            ask -c jar.curl -o /dev/null http://www.example.com:8000/docs/set
            [ -e jar.curl ] || touch jar.curl
            echo "curl [$(ask -b jar.curl http://{{host}}:8000{{path}})]"
            fathom cookies set {{quoted}} --url http://www.example.com:8000/docs/set --jar jar.fathom >/dev/null
            echo "fathom [$(fathom cookies for http://{{host}}:8000{{path}} --jar jar.fathom | head -1 | sed 's/^Cookie: //; s/^(no Cookie field)$//')]"
            echo "crossed [$(ask -b jar.fathom http://{{host}}:8000{{path}})]"
            """);
        var lines = result.Output.Trim().Split('\n').Select(static l => l[l.IndexOf('[', StringComparison.Ordinal)..]).ToArray();
        Assert.True(lines.Length == 3, result.ToString());
        Assert.True(lines[0] == lines[1] == (difference.Length == 0), $"{difference}\n{result}");
        if (difference.Length > 0) return;

        // curl reads the file that we wrote, and sends the same.
        Assert.Equal(lines[1], lines[2]);
    }

    [Fact]
    public async Task Curls_jar_is_read_as_curl_meant_it()
    {
        Sandbox.SkipIfImpossible();
        FathomBinary.SkipIfAbsent();
        var result = await Sandbox.RunAsync(Server + """
            printf '%s\n' 'host=1; Path=/; HttpOnly' 'all=2; Domain=example.com; Path=/; Max-Age=3600' 'deep=3' 'empty=' > fields/cookies
            ask -c jar -o /dev/null http://www.example.com:8000/docs/set
            fathom cookies list jar -o json
            """);
        var cookies = JsonDocument.Parse(result.Output).RootElement.GetProperty("cookies").EnumerateArray().ToDictionary(static c => c.GetProperty("name").GetString()!);
        Assert.Equal(4, cookies.Count);
        Assert.True(cookies["host"].GetProperty("httpOnly").GetBoolean());
        Assert.True(cookies["host"].GetProperty("hostOnly").GetBoolean());
        Assert.False(cookies["all"].GetProperty("hostOnly").GetBoolean());
        Assert.True(cookies["all"].TryGetProperty("expires", out _));
        Assert.Equal("/docs", cookies["deep"].GetProperty("path").GetString()!.TrimEnd('/'));
        Assert.Equal("", cookies["empty"].GetProperty("value").GetString());
    }
}
