using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Fathom.Wire.Application.Dns;

namespace Fathom.Wire.Tests.Application.Dns;

/// <summary>Compares with BIND's dig, over loopback: its queries are read, our answers are shown by it. Skips where dig is not installed.</summary>
public sealed class DigTests
{
    [Theory]
    [InlineData("example.com", "A", "+noedns +norecurse")]
    [InlineData("www.Example.com", "TYPE65280", "+dnssec +cdflag +nocookie")]
    [InlineData(@"a\.b\032c.example", "HTTPS", "+subnet=192.0.2.0/24 +nsid +adflag")]
    [InlineData(".", "NS", "+nocookie +bufsize=4096")]
    public async Task ReadsAndWritesWhatDigAsks(string name, string type, string options)
    {
        var (query, _) = await AskAsync($"{options} {type}", name, static query => new DnsMessage { Id = query.Id, IsResponse = true, Questions = query.Questions });
        Assert.True(DnsMessage.TryRead(query, out var message, out var error), error.ToString());
        Assert.Equal(query, message.ToBytes());
        Assert.Equal(DnsName.Parse(name), message.Questions[0].Name);
        Assert.Equal(type, message.Questions[0].Type.ToText());
        Assert.Equal(options.Contains("norecurse", StringComparison.Ordinal), !message.RecursionDesired);
        Assert.Equal(options.Contains("cdflag", StringComparison.Ordinal), message.CheckingDisabled);
        Assert.Equal(options.Contains("noedns", StringComparison.Ordinal), message.Edns is null);
        Assert.Equal(options.Contains("dnssec", StringComparison.Ordinal), message.Edns?.DnssecOk == true);
    }

    [Theory]
    [MemberData(nameof(DnsDataTests.Examples), MemberType = typeof(DnsDataTests))]
    public async Task DigShowsOurAnswersAsWeDo(DnsType type, string hex, string expected)
    {
        Assert.True(DnsData.TryRead(type, DnsClass.Internet, Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)), out var data, out _));
        Assert.Equal(expected, data.ToPresentation());

        // BIND takes an NSEC3 only where its owner could be a hash.
        var owner = DnsName.Parse(type == DnsType.NSec3 ? "0P9MHAVEQVM6T7VBL5LOP2U3T2RP3TOM.example" : @"o\.wner.example");
        var record = new DnsRecord(owner, type, DnsClass.Internet, 300, data);
        var (_, shown) = await AskAsync($"+noall +answer +nosplit {type.ToText()}", "example", query =>
            new DnsMessage { Id = query.Id, IsResponse = true, Questions = query.Questions, Answers = [record] });
        var lines = shown.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(static line => !line.StartsWith(';'))
            .Select(static line => string.Join(' ', line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        Assert.Equal([record.ToString()], lines);
    }

    private static async Task<(byte[] Query, string Output)> AskAsync(string arguments, string name, Func<DnsMessage, DnsMessage> answer)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        using var server = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        var port = ((IPEndPoint)server.Client.LocalEndPoint!).Port;
        var start = new ProcessStartInfo("dig") { RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.Latin1 };
        foreach (var argument in string.Create(CultureInfo.InvariantCulture, $"+tries=1 +time=5 -p {port} @127.0.0.1 {arguments}").Split(' ')) start.ArgumentList.Add(argument);
        start.ArgumentList.Add(name);
        Process dig;
        try
        {
            dig = Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Assert.Skip("dig is not installed.");
            throw;
        }

        using (dig)
        {
            try
            {
                var asked = await server.ReceiveAsync(patience.Token);
                Assert.True(DnsMessage.TryRead(asked.Buffer, out var query, out var error), error.ToString());
                await server.SendAsync(answer(query).ToBytes(), asked.RemoteEndPoint, patience.Token);
                var output = await dig.StandardOutput.ReadToEndAsync(patience.Token);
                await dig.WaitForExitAsync(patience.Token);
                return (asked.Buffer, output);
            }
            finally
            {
                if (!dig.HasExited) dig.Kill();
            }
        }
    }
}
