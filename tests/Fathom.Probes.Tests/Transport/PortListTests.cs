using Fathom.Probes.Transport;

namespace Fathom.Probes.Tests.Transport;

/// <summary>Lists of ports as people write them.</summary>
public sealed class PortListTests
{
    [Theory]
    [InlineData("80", "80")]
    [InlineData("443,80,443", "80,443")]
    [InlineData("20-22,ssh,https", "20,21,22,443")]
    [InlineData("65535", "65535")]
    public void A_list_is_read(string text, string ports)
    {
        Assert.True(PortList.TryParse(text, out var read, out _));
        Assert.Equal(ports, string.Join(',', read));
    }

    [Fact]
    public void A_dash_is_all_of_them()
    {
        Assert.True(PortList.TryParse("-", out var read, out _));
        Assert.Equal((65535, (ushort)1, (ushort)65535), (read.Count, read[0], read[^1]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("80,")]
    [InlineData("5-1")]
    [InlineData("1-65536")]
    [InlineData("1-2-3")]
    [InlineData("nosuch")]
    public void Anything_else_is_refused_naming_the_part(string text)
    {
        Assert.False(PortList.TryParse(text, out var read, out var fault));
        Assert.Empty(read);
        Assert.Contains("expected a list", fault, StringComparison.Ordinal);
    }
}
