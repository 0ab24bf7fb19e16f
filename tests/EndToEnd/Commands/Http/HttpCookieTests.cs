namespace Fathom.EndToEnd.Commands.Http;

/// <summary><c>fathom http</c> with a cookie file beside curl with the same: the same cookies go back, and the files are read by both.</summary>
public sealed class HttpCookieTests
{
    // Sets what a login sets, and tells what came back.
    private const string Server = """
        cd "$(mktemp -d)"
        cat > server.py <<'P'
        import http.server
        class H(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                body = (self.headers.get("Cookie", "none") + "\n").encode()
                self.send_response(302 if self.path == "/login" else 200)
                if self.path == "/login":
                    self.send_header("Location", "/home")
                    self.send_header("Set-Cookie", "sid=31d4; Path=/; HttpOnly; Max-Age=600")
                    self.send_header("Set-Cookie", "area=x; Path=/elsewhere")
                    self.send_header("Set-Cookie", "locked=1; Secure")
                    self.send_header("Set-Cookie", "wide=1; Domain=test")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            def log_message(self, *a): pass
        http.server.HTTPServer(("127.0.0.1", 8085), H).serve_forever()
        P
        python3 server.py > /dev/null 2>&1 &
        until_listening 8085

        """;

    private const string Here = "--resolve shop.test:8085:127.0.0.1";

    [Fact]
    public async Task A_login_is_remembered_as_curl_remembers_it()
    {
        var lines = await LinesAsync($"""
            curl -s {Here} -c curl.jar -L http://shop.test:8085/login
            fathom http -s {Here} -c fathom.jar -L http://shop.test:8085/login
            curl -s {Here} -b curl.jar http://shop.test:8085/home
            fathom http -s {Here} -b fathom.jar http://shop.test:8085/home
            curl -s {Here} -b fathom.jar http://shop.test:8085/elsewhere/1
            fathom http -s {Here} -b curl.jar http://shop.test:8085/elsewhere/1
            fathom http -s {Here} -b 'a=1; b=2' http://shop.test:8085/
            """);

        Assert.Equal("sid=31d4", lines[0]);
        Assert.Equal(lines[0], lines[1]);
        Assert.Equal(lines[2], lines[3]);
        Assert.Equal("area=x; sid=31d4", lines[4]);
        Assert.Equal(lines[4], lines[5]);
        Assert.Equal("a=1; b=2", lines[6]);
    }

    [Fact]
    public async Task Every_decision_is_told_with_its_rule()
    {
        var text = string.Join('\n', await LinesAsync($"fathom http -s {Here} --cookies jar -L http://shop.test:8085/login 2>&1"));

        Assert.Matches("cookie accepted sid: .*RFC 6265bis", text);
        Assert.Matches("cookie refused  locked: it is Secure, and the connection is not", text);
        Assert.Matches("cookie refused  wide: .*public suffix", text);
        Assert.Matches("cookie sent     sid: ", text);
        Assert.Matches("cookie withheld area: .*the path /home is not below /elsewhere", text);
    }

    [Theory]
    [InlineData("--cookies jar -b jar")]
    [InlineData("-b /etc")]
    public async Task A_wrong_cookie_file_has_status_2(string options)
    {
        Sandbox.SkipIfImpossible();
        FathomBinary.SkipIfAbsent();

        var result = await Sandbox.RunAsync($"fathom http {options} http://127.0.0.1:1/");

        Assert.Equal(2, result.ExitCode);
        Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private static async Task<string[]> LinesAsync(string script)
    {
        Sandbox.SkipIfImpossible();
        FathomBinary.SkipIfAbsent();
        var result = await Sandbox.RunAsync(Server + script);
        return result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
