using Fathom.Wire.Application.Cookies;
using Fathom.Wire.Application.Dns;
using Fathom.Wire.Application.Http;

namespace Fathom.Wire.Tests.Application;

/// <summary>What a value shows of itself is safe for a terminal, whatever the peer sent.</summary>
public sealed class SafeTextTests
{
    private const string Hostile = "\x1B[2J\u0085\r\n";

    [Fact]
    public void EveryToStringIsOneSafeLine()
    {
        HttpFields fields = [new(Hostile, Hostile)];
        object[] values =
        [
            fields,
            fields[0],
            new HttpRequestHead(Hostile, Hostile, fields),
            new HttpResponseHead(1, 1, 200, Hostile, fields),
            new SetCookie { Name = Hostile, Value = Hostile },
            new DnsExtendedError(1, "Name", Hostile),
            new DnsMessage { Questions = [new DnsQuestion(DnsName.Parse(@"\027\133\010"), DnsType.A)] },
        ];
        Assert.All(values, static value => Assert.DoesNotContain(value.ToString()!, char.IsControl));
        Assert.All(values, static value => Assert.NotEqual(value.GetType().ToString(), value.ToString()));
    }
}
