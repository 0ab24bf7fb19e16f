using System.Text.Json;

namespace Fathom.EndToEnd;

/// <summary>A host that has nothing but loopback, as a container without a network has: what is on the host itself still works, and fails, by itself.</summary>
public sealed class LoopbackOnlyTests
{
    [Theory]
    [InlineData("https://example.org/", "link.no-interface")]
    [InlineData("dns://127.0.0.1/example.org", "dns.server-unreachable")]
    [InlineData("tcp://127.0.0.1:9", "tcp.refused")]
    [InlineData("udp://[::1]:9", "udp.port-unreachable")]
    public async Task The_cause_is_named(string target, string cause)
    {
        Sandbox.SkipIfImpossible();
        FathomBinary.SkipIfAbsent();

        var result = await Sandbox.RunAsync($"fathom check '{target}' --output json");

        using var document = JsonDocument.Parse(result.Output);
        Assert.Equal(cause, document.RootElement.GetProperty("verdict").GetProperty("cause").GetString());
    }
}
