namespace Fathom.EndToEnd.Commands.Names;

/// <summary>A wrong <c>dns</c> command line sends nothing: status 2, and one line that says what was expected.</summary>
public sealed class DnsUsageTests
{
    [Theory]
    [InlineData("a..b", "two dots")]
    [InlineData("@", "@192.0.2.53")]
    [InlineData("example.test BOGUS", "neither a record type nor a class")]
    [InlineData("example.test -t BOGUS", "record type")]
    [InlineData("example.test +bogus", "+short")]
    [InlineData("example.test +bufsize=70000", "+bufsize=N")]
    [InlineData("example.test --subnet 1.2.3", "+subnet=PREFIX")]
    [InlineData("-x 1.2.3", "IPv4 or IPv6 address")]
    [InlineData("example.test -p 70000", "1 to 65535")]
    [InlineData("example.test --timeout 0", "seconds")]
    [InlineData("example.test -4 -6", "exclude each other")]
    [InlineData("example.test @127.0.0.1 -6", "-4 or -6")]
    [InlineData("example.test AXFR", "transfer")]
    [InlineData("example.test --trace @127.0.0.1", "--root")]
    [InlineData("example.test --trace --root /dev/null", "no server of the root")]
    [InlineData("example.test --trace --root /does/not/exist", "/does/not/exist")]
    [InlineData("- --trace", "one name")]
    [InlineData("--hosts", "name")]
    [InlineData("serve /dev/null 127.0.0.1:0", "SOA")]
    [InlineData("serve /dev/null nonsense", "ADDRESS:PORT")]
    public async Task It_is_refused_on_one_line(string arguments, string expected)
    {
        Sandbox.SkipIfImpossible();
        FathomBinary.SkipIfAbsent();
        var result = await Sandbox.RunAsync($"fathom dns {arguments}");
        Assert.True(result.ExitCode == 2, result.ToString());
        Assert.Empty(result.Output);
        Assert.Contains(expected, Assert.Single(result.Error.TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
    }
}
