using System.Text;
using Fathom.Services.Application.Http;
using Fathom.Wire.Application.Http;

namespace Fathom.Services.Tests.Application.Http;

/// <summary>The store does what RFC 9110 §9 and §13 say.</summary>
public sealed class MethodLabTests
{
    private readonly MethodLab _lab = new();

    [Fact]
    public async Task PutTwiceLeavesOneAndPostTwiceMakesTwo()
    {
        var (created, replaced) = (await Send("PUT", "/a", "x"), await Send("PUT", "/a", "x"));
        Assert.Equal((201, 204), (created.Status, replaced.Status));
        Assert.Equal(1, _lab.Count);
        var (first, second) = (await Send("POST", "/a", "x"), await Send("POST", "/a", "x"));
        Assert.Equal(3, _lab.Count);
        Assert.NotEqual(first.Fields.First("Location"), second.Fields.First("Location"));
        Assert.Equal("x", Text(await Send("GET", first.Fields.First("Location")!)));
    }

    [Fact]
    public async Task DeleteTwiceIsAsGoneAsOnce()
    {
        await Send("PUT", "/a", "x");
        var (gone, still) = (await Send("DELETE", "/a"), await Send("DELETE", "/a"));
        Assert.Equal((204, 404), (gone.Status, still.Status));
        Assert.Equal(0, _lab.Count);
    }

    [Fact]
    public async Task PatchTwiceChangesTwice()
    {
        await Send("PUT", "/a", "x");
        await Send("PATCH", "/a", "y");
        await Send("PATCH", "/a", "y");
        Assert.Equal("xyy", Text(await Send("GET", "/a")));
        Assert.Equal(404, (await Send("PATCH", "/b", "y")).Status);
    }

    [Fact]
    public async Task ConditionsKeepEditsFromBeingLost()
    {
        var tag = (await Send("PUT", "/a", "x")).Fields.First("ETag")!;
        Assert.Equal(412, (await Send("PUT", "/a", "z", ("If-None-Match", "*"))).Status);
        Assert.Equal(304, (await Send("GET", "/a", null, ("If-None-Match", $"\"other\", W/{tag}"))).Status);
        Assert.Equal(200, (await Send("GET", "/a", null, ("If-None-Match", "\"other\""))).Status);
        Assert.Equal(412, (await Send("PUT", "/a", "z", ("If-Match", "W/" + tag))).Status); // §13.1.1: strong comparison
        Assert.Equal(204, (await Send("PUT", "/a", "z", ("If-Match", tag))).Status);
        Assert.Equal(412, (await Send("DELETE", "/a", null, ("If-Match", tag))).Status);
        Assert.Equal(412, (await Send("PUT", "/new", "z", ("If-Match", "*"))).Status);
        Assert.Equal(201, (await Send("PUT", "/new", "z", ("If-None-Match", "*"))).Status);
    }

    [Theory]
    [InlineData("TRACE", 405)]
    [InlineData("PROPFIND", 405)]
    [InlineData("BREW", 501)]
    [InlineData("get", 501)]
    public async Task RefusesOtherMethods(string method, int status)
    {
        var reply = await Send(method, "/a");
        Assert.Equal(status, reply.Status);
        Assert.Equal(status == 405, reply.Fields.Contains("Allow")); // RFC 9110 §15.5.6
    }

    [Fact]
    public async Task IsNoPlaceToFillAMemory()
    {
        for (var i = 0; i < 1000; i++) Assert.Equal(201, (await Send("POST", "/a", "x")).Status);
        Assert.Equal(507, (await Send("POST", "/a", "x")).Status);
        Assert.Equal(507, (await Send("PUT", "/b", "x")).Status);
    }

    private ValueTask<HttpReply> Send(string method, string path, string? body = null, (string Name, string Value)? condition = null)
    {
        HttpFields fields = condition is { } c ? [new HttpField("Host", "a"), new HttpField(c.Name, c.Value)] : [new HttpField("Host", "a")];
        return _lab.HandleAsync(new HttpServerRequest(new HttpRequestHead(method, path, fields), Encoding.ASCII.GetBytes(body ?? ""), HttpFields.Empty, default), default);
    }

    private static string Text(HttpReply reply) => Encoding.ASCII.GetString(reply.Body.Span);
}
