namespace Fathom.EndToEnd.Commands.Http;

/// <summary><c>fathom http</c> beside curl against the same server: same status, same octets, same number of redirects.</summary>
public sealed class HttpClientPeerTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8081/", "")]
    [InlineData("http://127.0.0.1:8081/random.bin", "")]
    [InlineData("http://127.0.0.1:8081/numbers.txt", "--compressed")]
    [InlineData("http://127.0.0.1:8081/numbers.txt", "-H 'Accept-Encoding: gzip'")]
    [InlineData("http://127.0.0.1:8081/numbers.txt", "-0")]
    [InlineData("http://127.0.0.1:8081/missing", "")]
    [InlineData("http://127.0.0.1:8081/teapot", "")]
    [InlineData("http://127.0.0.1:8081/old", "")]
    [InlineData("http://127.0.0.1:8081/old", "-L")]
    [InlineData("http://127.0.0.1:8081/twice", "-L --compressed")]
    [InlineData("http://127.0.0.1:8081/post", "-L -d a=b")]
    [InlineData("http://127.0.0.1:8081/numbers.txt", "-r-is-a-field -H 'Range: bytes=0-9'")]
    [InlineData("https://localhost:8443/numbers.txt", "-k")]
    [InlineData("https://localhost:8443/numbers.txt", "--cacert cert.pem")]
    [InlineData("http://elsewhere.test:8081/", "--resolve elsewhere.test:8081:127.0.0.1")]
    public async Task ABodyIsCurls(string url, string options)
    {
        HttpSandbox.SkipIfImpossible();
        options = options.Replace("-r-is-a-field ", "", StringComparison.Ordinal);
        var result = await HttpSandbox.WithNginxAsync($"""
            curl -s -o one -w '%{'{'}http_code{'}'} %{'{'}num_redirects{'}'}\n' {options} '{url}'
            fathom http -s {options} '{url}' > two
            fathom http -s --output json {options} '{url}' | python3 -c 'import json, sys; d = json.load(sys.stdin)["hops"]; print(d[-1]["response"]["status"], len(d) - 1)'
            cmp one two && echo same; stat -c %s one
            """);
        var lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(lines.Length == 4, result.ToString());
        Assert.Equal(lines[0], lines[1]);
        Assert.Equal("same", lines[2]);
        Assert.NotEqual("0", lines[3]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-I")]
    [InlineData("-L /old")]
    public async Task TheFieldsAreCurls(string options)
    {
        HttpSandbox.SkipIfImpossible();
        var path = options.EndsWith("/old", StringComparison.Ordinal) ? "old" : "numbers.txt";
        options = options.Replace(" /old", "", StringComparison.Ordinal);
        var result = await HttpSandbox.WithNginxAsync($"""
            curl -s -i {options} http://127.0.0.1:8081/{path} | tr -d '\r' | sed '/^Date/d' > one
            fathom http -s -i {options} http://127.0.0.1:8081/{path} | tr -d '\r' | sed '/^Date/d' > two
            diff one two && echo same
            """);
        Assert.True(result.Output == "same\n", result.ToString());
    }

    [Fact]
    public async Task PythonsServerIsReadToo()
    {
        HttpSandbox.SkipIfImpossible();
        var result = await Sandbox.RunAsync("""
            d=$(mktemp -d); cd "$d"; seq 1 5000 > n.txt
            python3 -m http.server -b 127.0.0.1 8082 > /dev/null 2>&1 & until_listening 8082
            fathom http http://127.0.0.1:8082/n.txt | cmp - n.txt && echo same
            fathom http --output json http://127.0.0.1:8082/n.txt | python3 -c 'import json, sys; h = json.load(sys.stdin)["hops"][0]["response"]; print(h["status"], h["framing"], h["bodyLength"])'
            stat -c '200 content-length %s' n.txt
            """);
        var lines = result.Output.Split('\n');
        Assert.True(lines[0] == "same" && lines[1] == lines[2], result.ToString());
    }

    // What goes wrong: curl's status is the witness that it does, ours says at which layer.
    [Theory]
    [InlineData("http://127.0.0.1:9/", "", 7, "transport: connection refused by 127.0.0.1:9 (RST)")]
    [InlineData("https://localhost:8443/", "", 60, "application: ")]
    [InlineData("https://127.0.0.1:8443/", "--cacert cert.pem", 60, "application: ")]
    [InlineData("https://127.0.0.1:8081/", "", 35, "does not speak TLS")]
    [InlineData("http://127.0.0.1:8081/loop", "-L --max-redirs 3", 47, "more than 3 redirects")]
    [InlineData("http://127.0.0.1:8081/missing", "-f", 22, "404 Not Found")]
    [InlineData("http://127.0.0.1:8081/random.bin", "--max-filesize 1000", 63, "larger than 1000 octets")]
    [InlineData("http://192.0.2.1/", "", 7, "internet: ")]
    public async Task FailuresHaveALayer(string url, string options, int curl, string words)
    {
        HttpSandbox.SkipIfImpossible();
        var result = await HttpSandbox.WithNginxAsync($"""
            curl -s -o /dev/null {options} '{url}'; echo "curl $?"
            fathom http {options} '{url}' 2>&1 >/dev/null; echo "fathom $?"
            """);
        Assert.True(result.Output.Contains($"curl {curl}\n", StringComparison.Ordinal), result.ToString());
        Assert.True(result.Output.EndsWith("fathom 1\n", StringComparison.Ordinal), result.ToString());
        Assert.Contains(words, result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("b'HTTP/1.1 200 OK\\r\\nContent-Length: 10\\r\\n\\r\\nabc'", 18, "closed the connection after 3 of 10 octets of the body")]
    [InlineData("b'HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n3\\r\\nabc\\r\\n'", 18, "before its end")]
    [InlineData("b'HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\nxyz\\r\\n'", 56, "chunk size begins with")]
    [InlineData("b''", 52, "before it answered")]
    [InlineData("b'HTTP/1.1 200 OK\\r\\n' + b'X: y\\r\\n' * 200000", 56, "offset")]
    [InlineData("b'HTTP/1.1 200 OK\\r\\nContent-Encoding: gzip\\r\\nContent-Length: 4\\r\\n\\r\\nabcd'", 61, "not gzip")]
    public async Task BrokenAnswersHaveAName(string answer, int curl, string words)
    {
        HttpSandbox.SkipIfImpossible();
        var result = await Sandbox.RunAsync($"""
            {HttpSandbox.OneAnswer(8091, answer)}
            curl -s -o /dev/null --compressed http://127.0.0.1:8091/; echo "curl $?"
            {HttpSandbox.OneAnswer(8092, answer)}
            fathom http --compressed http://127.0.0.1:8092/ 2>&1 >/dev/null; echo "fathom $?"
            """);
        Assert.True(result.Output.Contains($"curl {curl}\n", StringComparison.Ordinal), result.ToString());
        Assert.True(result.Output.EndsWith("fathom 1\n", StringComparison.Ordinal) && result.Output.Contains(words, StringComparison.Ordinal), result.ToString());
    }

    [Fact]
    public async Task EscapeSequencesReachNoTerminal()
    {
        HttpSandbox.SkipIfImpossible();
        var result = await Sandbox.RunAsync(HttpSandbox.OneAnswer(8091, "b'HTTP/1.1 200 OK\\r\\nX: \\x9b31m\\r\\nContent-Length: 8\\r\\n\\r\\na\\x1b]0;b\\x07'") + """
            script -qec "fathom http http://127.0.0.1:8091/" /dev/null </dev/null | od -An -c | tr -d ' \n'
            """);
        Assert.Contains("\\x1B]0;b\\x07", result.Output, StringComparison.Ordinal);
        Assert.Contains("X:\\x9B31m", result.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("033]", result.Output, StringComparison.Ordinal);
    }

    // The same words arrive at a proxy from both.
    [Theory]
    [InlineData("-x http://127.0.0.1:8093", "http://web.test:81/a?b", "GET http://web.test:81/a?b HTTP/1.1")]
    [InlineData("-x http://u:p@127.0.0.1:8093", "https://web.test/", "CONNECT web.test:443 HTTP/1.1")]
    public async Task AProxyIsAskedAsCurlAsksIt(string options, string url, string line)
    {
        HttpSandbox.SkipIfImpossible();
        const string Recorder = """
            cat > proxy.py <<'PY'
            import socket, sys
            s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1); s.bind(('127.0.0.1', 8093)); s.listen()
            for i in range(2):
                c, _ = s.accept(); t = c.recv(65536).decode()
                print(t.split('\r\n')[0], [l for l in t.split('\r\n') if l.startswith(('Host', 'Proxy-Authorization'))], flush=True)
                c.sendall(b'HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n'); c.close()
            PY
            """;
        var result = await Sandbox.RunAsync($"""
            d=$(mktemp -d); cd "$d"
            {Recorder.Replace("\n            ", "\n", StringComparison.Ordinal)}
            python3 proxy.py > seen & server=$!; until_listening 8093
            curl -s -o /dev/null {options} {url}; fathom http -s {options} {url} 2> complaint
            wait $server; cat seen; cat complaint >&2
            """);
        var lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(lines.Length == 2 && lines[0] == lines[1], result.ToString());
        Assert.StartsWith(line + " ", lines[1], StringComparison.Ordinal);
        if (line.StartsWith("CONNECT", StringComparison.Ordinal)) Assert.Contains("opens no tunnel to web.test:443: HTTP/1.1 403 Forbidden", result.Error, StringComparison.Ordinal);
    }
}
