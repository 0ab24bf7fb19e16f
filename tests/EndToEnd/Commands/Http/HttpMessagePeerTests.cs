namespace Fathom.EndToEnd.Commands.Http;

/// <summary><c>http build</c> beside what curl sends, <c>http parse</c> beside what Python reads; and wrong command lines.</summary>
public sealed class HttpMessagePeerTests
{
    [Theory]
    [InlineData("GET", "-A me", "http://127.0.0.1:8094/a?b")]
    [InlineData("POST", "-A me -d k=v -d x=y", "http://127.0.0.1:8094/")]
    [InlineData("PUT", "-A me -H 'X-A: b' -H 'Accept:' --data-binary 'a b' -u ada:secret -e http://r/", "http://127.0.0.1:8094/p")]
    [InlineData("POST", "-A me --json '{\"a\":1}'", "http://127.0.0.1:8094/")]
    [InlineData("GET", "-A me -0", "http://127.0.0.1:8094/")]
    public async Task ARequestIsCurls(string method, string options, string url)
    {
        HttpSandbox.SkipIfImpossible();
        var result = await Sandbox.RunAsync($"""
            d=$(mktemp -d); cd "$d"
            nc -N -l 127.0.0.1 8094 < /dev/null > one & server=$!; until_listening 8094
            curl -s -m 5 -X {method} {options} '{url}'; wait $server
            fathom http build {method} {options} '{url}' > two
            python3 -c "
            for f in 'one', 'two':
                head, body = open(f, 'rb').read().split(b'\r\n\r\n', 1)
                first, *fields = head.split(b'\r\n')
                print(first, sorted(fields), body)"
            """);
        var lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(lines.Length == 2 && lines[0] == lines[1], result.ToString());
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\\r\\nContent-Length: 5\\r\\nA: 1\\r\\nA: 2\\r\\n\\r\\nhello")]
    [InlineData("HTTP/1.1 200 OK\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n3\\r\\nhel\\r\\n2;x=y\\r\\nlo\\r\\n0\\r\\n\\r\\n")]
    [InlineData("HTTP/1.0 404 Not Found\\r\\n\\r\\ngone")]
    [InlineData("HTTP/1.1 204 No Content\\r\\nX: y\\r\\n\\r\\n")]
    [InlineData("HTTP/1.1 100 Continue\\r\\n\\r\\nHTTP/1.1 200 OK\\r\\nContent-Length: 0\\r\\n\\r\\n")]
    public async Task AResponseIsReadAsPythonReadsIt(string response)
    {
        HttpSandbox.SkipIfImpossible();
        var result = await Sandbox.RunAsync($$"""
            d=$(mktemp -d); cd "$d"; printf '{{response}}' > r
            python3 -c "
            import http.client, io
            class S:
                def makefile(self, *a, **k): return open('r', 'rb')
            r = http.client.HTTPResponse(S()); r.begin(); b = r.read()
            print(r.status, r.reason, [list(x) for x in r.getheaders()], b.decode())"
            fathom http parse r --output json | python3 -c "
            import json, sys
            m = json.load(sys.stdin)['messages'][-1]
            print(*m['startLine'].split(' ', 2)[1:], [[f['name'], f['value']] for f in m['fields']], m['body'])"
            """);
        var lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(lines.Length == 2 && lines[0] == lines[1], result.ToString());
    }

    [Theory]
    [InlineData("http")]
    [InlineData("http ftp://a/")]
    [InlineData("http http://a:99999/")]
    [InlineData("http -H nonsense http://a/")]
    [InlineData("http -I -d x http://a/")]
    [InlineData("http -u ada http://a/")]
    [InlineData("http -4 -6 http://a/")]
    [InlineData("http -m 0 http://a/")]
    [InlineData("http --repeat 0 http://a/")]
    [InlineData("http --resolve a:b http://a/")]
    [InlineData("http -d @/does/not/exist http://a/")]
    [InlineData("http --cacert /does/not/exist http://a/")]
    [InlineData("http -x https://proxy/ http://a/")]
    [InlineData("http build 'G T' http://a/")]
    [InlineData("http build GET http://a/ -H 'A: b' -H 'Content-Length: 5'")]
    [InlineData("http build POST http://a/ -d x -H 'Content-Length: 1' -H 'Transfer-Encoding: chunked'")]
    [InlineData("http build GET http://a/ -H $'A: b\\r\\nC: d'")]
    [InlineData("http parse /does/not/exist")]
    [InlineData("http serve nowhere")]
    [InlineData("http serve 8080 --folder /does/not/exist")]
    public async Task AWrongCommandLineIsTwoAndOneLine(string line)
    {
        HttpSandbox.SkipIfImpossible();
        var result = await Sandbox.RunAsync($"fathom {line}");
        Assert.True(result.ExitCode == 2 && result.Output.Length == 0, result.ToString());
        Assert.Single(result.Error.TrimEnd('\n').Split('\n'));
        Assert.StartsWith("fathom: ", result.Error, StringComparison.Ordinal);
    }
}
