using System.Text;
using Fathom.Hosts.Transport;
using Fathom.Lab.Application;
using Fathom.Lab.Internet;
using Fathom.Lab.Tests.Support;

namespace Fathom.Lab.Tests.Application;

/// <summary>A captive portal answers for everybody until its client has logged in.</summary>
public class CaptivePortalTests
{
    [Theory]
    [InlineData(PortalAnswer.Status, "HTTP/1.1 511 ")]
    [InlineData(PortalAnswer.Redirect, "HTTP/1.1 302 ")]
    [InlineData(PortalAnswer.Page, "HTTP/1.1 200 ")]
    public void A_client_is_kept_in_until_it_logs_in(PortalAnswer answer, string status)
    {
        using var sites = new Sites();
        Nat44.AddTo(sites.Outside);
        sites.ServeEcho(sites.S, "203.0.113.21", 80);
        sites.ServeEcho(sites.S, "203.0.113.21", 443);
        var portal = CaptivePortal.AddTo(sites.Inside, new PortalOptions(Sites.At("10.0.0.1", 80)) { Answer = answer });
        Assert.StartsWith(status, Ask(sites, "203.0.113.21", "/", "www.example.com"), StringComparison.Ordinal);
        Assert.IsType<ConnectResult.Reset>(sites.Connect(sites.A, Sites.At("203.0.113.21", 443)));
        Assert.StartsWith("HTTP/1.1 200 ", Ask(sites, "10.0.0.1", "/login", "10.0.0.1"), StringComparison.Ordinal);
        Assert.StartsWith("GET / HTTP/1.1", Ask(sites, "203.0.113.21", "/", "www.example.com"), StringComparison.Ordinal); // the echo server itself
        Assert.IsType<ConnectResult.Connected>(sites.Connect(sites.A, Sites.At("203.0.113.21", 443)));
        Assert.Equal(1, portal.Turned);

        // The other client has not logged in.
        Assert.IsType<ConnectResult.Reset>(sites.Connect(sites.B, Sites.At("203.0.113.21", 443)));
    }

    private static string Ask(Sites sites, string address, string path, string host)
    {
        var connection = Assert.IsType<ConnectResult.Connected>(sites.Connect(sites.A, Sites.At(address, 80))).Connection;
        return sites.Lab.Run(async () =>
        {
            await connection.WriteAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n"), default);
            var buffer = new byte[4096];
            var read = await connection.ReadAsync(buffer, default);
            connection.Abort();
            return Encoding.ASCII.GetString(buffer, 0, read.Count);
        }, TimeSpan.FromSeconds(5));
    }
}
