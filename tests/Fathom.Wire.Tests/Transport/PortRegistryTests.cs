using Fathom.Wire.Tests.Application;
using Fathom.Wire.Transport;

namespace Fathom.Wire.Tests.Transport;

/// <summary>The registry beside the file that it was made of, and the ranges of RFC 6335.</summary>
public sealed class PortRegistryTests
{
    [Fact]
    public void It_holds_every_port_of_the_file()
    {
        var lines = File.ReadAllLines(Conformance.Require("registries", "services.csv")).Skip(1).Select(static l => l.Split(',')).Where(static c => c[2] is "tcp" or "udp" or "sctp").ToArray();
        Assert.Equal(lines.Length, PortRegistry.All.Count);
        Assert.All(lines, static c => Assert.Contains(PortRegistry.Find(ushort.Parse(c[1], System.Globalization.CultureInfo.InvariantCulture)), a => a.Name == c[0] && a.Transport == c[2] && string.Join(' ', a.Aliases) == c[3]));
    }

    [Theory]
    [InlineData("www", "tcp", 80)]
    [InlineData("HTTPS", "tcp", 443)]
    [InlineData("0", "udp", 0)]
    [InlineData("65535", "tcp", 65535)]
    public void Numbers_names_and_aliases_are_read(string text, string transport, int port)
    {
        Assert.True(PortRegistry.TryParse(text, transport, out var read));
        Assert.Equal(port, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("65536")]
    [InlineData("080")]
    [InlineData("+80")]
    [InlineData(" 80")]
    [InlineData("80x")]
    [InlineData("nosuch")]
    public void Anything_else_is_not(string text) => Assert.False(PortRegistry.TryParse(text, "tcp", out _));

    // RFC 6335 §6.
    [Theory]
    [InlineData(0, PortRange.Reserved)]
    [InlineData(1, PortRange.System)]
    [InlineData(1023, PortRange.System)]
    [InlineData(1024, PortRange.User)]
    [InlineData(49151, PortRange.User)]
    [InlineData(49152, PortRange.Dynamic)]
    [InlineData(65535, PortRange.Dynamic)]
    public void A_port_has_its_range(int port, PortRange range) => Assert.Equal(range, PortRegistry.RangeOf((ushort)port));
}
