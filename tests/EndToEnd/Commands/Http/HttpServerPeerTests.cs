namespace Fathom.EndToEnd.Commands.Http;

/// <summary><c>fathom http serve</c> with curl as its client.</summary>
public sealed class HttpServerPeerTests
{
    [Fact]
    public async Task TheStoreBehavesForCurl()
    {
        HttpSandbox.SkipIfImpossible();
        var result = await Sandbox.RunAsync("""
            fathom http serve 8080 --methods -s > /dev/null 2>&1 & until_listening 8080
            u=http://127.0.0.1:8080; w='%{http_code} %{size_download}\n'
            curl -s -o /dev/null -w "$w" -X PUT -d tea $u/menu
            curl -s -o /dev/null -w "$w" -X PUT -d tea $u/menu
            curl -s -o /dev/null -w '%{http_code} %{redirect_url}\n' -d 1 $u/orders
            curl -s -o /dev/null -w '%header{location}\n' -d 1 $u/orders
            curl -s $u/menu; echo
            curl -s -I -w "$w" -o /dev/null $u/menu
            tag=$(curl -s -o /dev/null -w '%header{etag}' $u/menu)
            curl -s -o /dev/null -w "$w" -H "If-None-Match: $tag" $u/menu
            curl -s -o /dev/null -w "$w" -X PUT -H 'If-Match: "x"' -d coffee $u/menu
            curl -s -o /dev/null -w "$w" -X DELETE $u/menu
            curl -s -o /dev/null -w "$w" -X DELETE $u/menu
            curl -s -o /dev/null -w "%{http_code}\n" -X BREW $u/menu
            seq 1 100000 > n; curl -s -o /dev/null -w "%{http_code}\n" -T n -H 'Transfer-Encoding: chunked' $u/n; curl -s $u/n | cmp - n && echo same
            curl -s -o /dev/null -w '%{http_code} %{num_connects}\n' $u/n $u/n -o /dev/null
            """);
        Assert.Equal(
            ["201 36", "204 0", "201 ", "/orders/2", "tea", "200 0", "304 0", "412", "204 0", "404", "501", "201", "same", "200 1", "200 0"],
            result.Output.TrimEnd().Split('\n').Select(static (line, i) => i is 7 or 9 ? line.Split(' ')[0] : line));
    }

    [Fact]
    public async Task AFolderIsServedAndNothingOutsideIt()
    {
        HttpSandbox.SkipIfImpossible();
        var result = await Sandbox.RunAsync("""
            d=$(mktemp -d); cd "$d"; mkdir -p www/sub; echo secret > secret; head -c 200000 /dev/urandom > www/a.bin; echo page > www/sub/index.html; ln -s ../secret www/link
            fathom http serve 127.0.0.1:8080 --folder www -s > /dev/null 2>&1 & until_listening 8080
            u=http://127.0.0.1:8080; w='%{http_code} %{content_type}\n'
            curl -s $u/a.bin | cmp - www/a.bin && echo same
            curl -s -L $u/sub
            for p in /../secret /..%2fsecret /%2e%2e/secret //etc/passwd /link '/a.bin%00' /sub/../../secret; do curl -s --path-as-is -o /dev/null -w '%{http_code} ' "$u$p"; done; echo
            curl -s -o /dev/null -w '%{http_code}\n' -X DELETE $u/a.bin; test -e www/a.bin && echo there
            """);
        Assert.True(result.Output == "same\npage\n404 404 404 404 404 404 404 \n405\nthere\n", result.ToString());
    }

    [Fact]
    public async Task SmuggledRequestsAreRefusedAndNamed()
    {
        HttpSandbox.SkipIfImpossible();
        var result = await Sandbox.RunAsync("""
            cd $(mktemp -d); fathom http serve 8080 > log 2>&1 & until_listening 8080
            printf 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /x HTTP/1.1\r\nHost: a\r\n\r\n' | nc -q 30 127.0.0.1 8080 | grep -c '^HTTP/'
            # The line is written when the answer has been sent.
            until_true grep -q 400 log; cat log; rm log
            """);
        Assert.True(result.Output.StartsWith("1\n", StringComparison.Ordinal) && result.Output.Contains("→ 400", StringComparison.Ordinal) && result.Output.Contains("[cl-te]", StringComparison.Ordinal), result.ToString());
    }

    [Fact]
    public async Task ASignalEndsItWithASummary()
    {
        HttpSandbox.SkipIfImpossible();
        var result = await Sandbox.RunAsync("""
            cd $(mktemp -d); fathom http serve 8080 -s > /dev/null 2> said & server=$!; until_listening 8080
            curl -s -o /dev/null http://127.0.0.1:8080/; kill -TERM $server; wait $server; echo "status $?"; tail -1 said
            """);
        Assert.True(result.Output == "status 0\n1 requests were answered\n", result.ToString());
    }
}
