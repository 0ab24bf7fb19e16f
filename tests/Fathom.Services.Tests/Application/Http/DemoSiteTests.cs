using System.Net;
using Fathom.Hosts.Os;
using Fathom.Services.Application.Http;

namespace Fathom.Services.Tests.Application.Http;

/// <summary>The site of <c>fathom host up</c>, fetched by .NET's own client.</summary>
public sealed class DemoSiteTests
{
    [Fact]
    public async Task Octets_of_any_number_are_those_that_it_promises()
    {
        await using var server = await ServerFixture.StartAsync(new DemoSite(OsHost.Create()));
        using var client = new HttpClient { BaseAddress = new Uri($"http://{server.Endpoint}/") };
        foreach (var length in new[] { 0, 1, 250, 251, 252, 65_536, 1_000_003 })
        {
            var body = await client.GetByteArrayAsync($"bytes/{length}");
            Assert.Equal(length, body.Length);
            for (var i = 0; i < length; i++)
            {
                if (body[i] != i % 251) Assert.Fail($"octet {i} of {length} is {body[i]}");
            }
        }
    }

    [Fact]
    public async Task Pages_refusals_and_HEAD_are_what_HTTP_wants()
    {
        await using var server = await ServerFixture.StartAsync(new DemoSite(OsHost.Create()));
        using var client = new HttpClient { BaseAddress = new Uri($"http://{server.Endpoint}/") };
        Assert.Contains("<h1>", await client.GetStringAsync("/"), StringComparison.Ordinal);
        Assert.StartsWith("hello 127.0.0.1:", await client.GetStringAsync("/hello"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/nothing")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await client.GetAsync("/bytes/many")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await client.GetAsync("/bytes/-1")).StatusCode);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await client.PostAsync("/", new StringContent("x"))).StatusCode);
        using var head = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/bytes/12345"));
        Assert.Equal(12345, head.Content.Headers.ContentLength);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());

        // The connection is still in step after an answer without a body.
        Assert.Equal(3, (await client.GetByteArrayAsync("/bytes/3")).Length);
    }
}
