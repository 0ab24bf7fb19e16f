namespace Fathom.EndToEnd.Commands.Http;

/// <summary>Bodies that go up as forms and files, and come down into files: as curl does it, and without holding them in memory.</summary>
public sealed class HttpTransferTests
{
    // Python's own parser says what arrived; of what one server sees of curl and of us only the boundary may differ.
    private const string EchoServer = """
        cd "$(mktemp -d)"; printf 'one,two\n' > t.csv; head -c 300 /dev/urandom > p.png; printf 'line 1\nline 2\n' > t.txt
        cat > echo.py <<'PY'
        import http.server, json, hashlib, email, email.policy
        class H(http.server.BaseHTTPRequestHandler):
            def any(self):
                body = self.rfile.read(int(self.headers.get('Content-Length', 0)))
                kind = self.headers.get('Content-Type', '')
                said = {'method': self.command, 'path': self.path, 'type': kind.split(';')[0], 'sha': hashlib.sha256(body).hexdigest()}
                if kind.startswith('multipart/'):
                    m = email.message_from_bytes(b'Content-Type: ' + kind.encode() + b'\r\n\r\n' + body, policy=email.policy.HTTP)
                    said['parts'] = [[p.get('Content-Disposition'), p.get('Content-Type'), hashlib.sha256(p.get_payload(decode=True)).hexdigest()] for p in m.iter_parts()]
                    del said['sha']
                out = (json.dumps(said, sort_keys=True) + '\n').encode()
                self.send_response(200); self.send_header('Content-Length', len(out)); self.end_headers(); self.wfile.write(out)
            do_GET = do_POST = do_PUT = any
            def log_message(self, *a): pass
        http.server.HTTPServer(('127.0.0.1', 8095), H).serve_forever()
        PY
        python3 echo.py & until_listening 8095
        """;

    [Theory]
    [InlineData("-F a=b -F 'c=d e'")]
    [InlineData("-F up=@t.txt -F k=v")]
    [InlineData("-F up=@p.png -F 'up2=@t.csv;type=text/csv'")]
    [InlineData("-F 'up=@t.txt;filename=other \"name\".txt'")]
    [InlineData("-F 'text=<t.txt;type=text/plain'")]
    [InlineData("--form-string 'a=@not;a=file' -F b=c")]
    [InlineData("-F a=b -X PUT")]
    [InlineData("-T t.txt")]
    [InlineData("-T p.png -H 'Content-Type: image/png'")]
    [InlineData("-T - < t.csv")]
    public async Task WhatIsSentIsCurls(string options)
    {
        HttpSandbox.SkipIfImpossible();
        var url = options.StartsWith("-T", StringComparison.Ordinal) ? "http://127.0.0.1:8095/put/" : "http://127.0.0.1:8095/";
        if (options.StartsWith("-T -", StringComparison.Ordinal)) url += "named";

        // curl sends standard input in chunks, of which Python's server knows nothing.
        var curl = options.Replace("-T - < t.csv", "-T t.csv", StringComparison.Ordinal);
        var result = await Sandbox.RunAsync($"{EchoServer}\ncurl -s {curl} {url} > one; fathom http -s {url} {options} > two; cat one; diff one two && echo same");
        Assert.True(result.Output.EndsWith("same\n", StringComparison.Ordinal) && result.Output.Contains("\"method\"", StringComparison.Ordinal), result.ToString());
    }

    [Theory]
    [InlineData("-w '%{http_code} %{size_download} %{num_redirects} %{url_effective} %{content_type} %{remote_ip}:%{remote_port}\\n' -o /dev/null", "/")]
    [InlineData("-w '%{http_code} %{num_redirects} %{url_effective} %{num_connects}\\n' -L -o /dev/null", "/old")]
    [InlineData("-w '%{http_code}|%{redirect_url}|%header{server}|%%\\t%{method}\\n' -o /dev/null", "/old")]
    [InlineData("-w '%{size_upload} %{http_code}\\n' -d abc -o /dev/null", "/")]
    public async Task WhatIsWrittenOutIsCurls(string options, string path)
    {
        HttpSandbox.SkipIfImpossible();
        var result = await HttpSandbox.WithNginxAsync($"curl -s {options} http://127.0.0.1:8081{path} > one; fathom http -s {options} http://127.0.0.1:8081{path} > two; cat one; diff one two && echo same");
        Assert.True(result.Output.EndsWith("same\n", StringComparison.Ordinal) && result.Output.Length > 10, result.ToString());
    }

    [Fact]
    public async Task ALargeBodyGoesToAFileAndNotIntoMemory()
    {
        HttpSandbox.SkipIfImpossible();
        var result = await Sandbox.RunAsync("""
            cd "$(mktemp -d)"; head -c 300000000 /dev/zero > big
            python3 -m http.server -b 127.0.0.1 8096 > /dev/null 2>&1 & until_listening 8096
            cat > peak.py <<'PY'
            import resource, subprocess, sys
            status = subprocess.call(sys.argv[1:])
            print(status, 'small' if resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 100000 else 'LARGE')
            PY
            python3 peak.py fathom http -s -o saved http://127.0.0.1:8096/big; cmp saved big && echo whole
            python3 peak.py bash -c 'fathom http http://127.0.0.1:8096/big | cmp - big' && echo piped
            mkdir sub; cd sub; fathom http -O http://127.0.0.1:8096/big 2>&1; stat -c '%n %s' big
            fathom http -o /nowhere/x http://127.0.0.1:8096/big; echo "status $?"
            fathom http --max-filesize 1000 -o x http://127.0.0.1:8096/big 2> /dev/null; echo "status $?"
            """);
        Assert.Equal("""
            0 small
            whole
            0 small
            piped
            300000000 octets in big
            big 300000000
            status 3
            status 1

            """, result.Output);
        Assert.Contains("cannot write /nowhere/x", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http -F nonsense http://a/")]
    [InlineData("http -F a=@/does/not/exist http://a/")]
    [InlineData("http -F 'a=b;type=nothing' http://a/")]
    [InlineData("http -F a=b -d c http://a/")]
    [InlineData("http -T /does/not/exist http://a/")]
    [InlineData("http -O http://a/")]
    [InlineData("http -O -o x http://a/b")]
    [InlineData("http -o x http://a/b http://a/c")]
    [InlineData("http -w '%{nonsense}' http://a/")]
    [InlineData("http -w '%{http_code' http://a/")]
    [InlineData("http --max-filesize 0 http://a/")]
    public async Task AWrongCommandLineIsTwoAndOneLine(string line)
    {
        HttpSandbox.SkipIfImpossible();
        var result = await Sandbox.RunAsync($"fathom {line}");
        Assert.True(result.ExitCode == 2 && result.Error.Count(static c => c == '\n') == 1 && result.Output.Length == 0, result.ToString());
    }
}
