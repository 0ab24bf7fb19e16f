namespace Fathom.EndToEnd.Commands.Sockets;

/// <summary>A wrong command line: status 2, nothing on standard output, and a line that says what was expected.</summary>
public sealed class WrongLinesTests
{
    public static TheoryData<string, string> Lines => new()
    {
        { "tcp connect 127.0.0.1", "HOST PORT" },
        { "tcp connect 127.0.0.1 65536", "1 to 65535" },
        { "tcp connect 127.0.0.1 nosuchservice", "registered name" },
        { "tcp connect 127.0.0.1 80 --timeout 0", "seconds" },
        { "tcp connect 127.0.0.1 80 --idle -1", "seconds" },
        { "tcp connect 127.0.0.1 80 -4 -6", "exclude" },
        { "tcp connect 127.0.0.1 80 -z --send x", "-z" },
        { "tcp connect 127.0.0.1 80 --source here", "IP address" },
        { "tcp listen host:80", "IP address" },
        { "tcp listen 127.0.0.1:99999", "PORT" },
        { "tcp listen 7000 --echo --discard", "exclude" },
        { "tcp listen 7000 --max-clients 0", "from 1" },
        { "tcp listen 7000 --when-full never", "reset" },
        { "udp send 127.0.0.1 0 x", "1 to 65535" },
        { "udp send 127.0.0.1 53 --hex abc", "hexadecimal" },
        { "udp send 127.0.0.1 53 x --hex ab", "once" },
        { "udp send 127.0.0.1 53 --file /nonexistent", "/nonexistent" },
        { "udp send 127.0.0.1 53 x --count 0", "1000000" },
        { "udp listen 127.0.0.1:x", "PORT" },
        { "udp listen 7000 --buffer 0", "65535" },
        { "ports 70000", "65535" },
        { "ports --tcp --udp", "exclude" },
        { "ports scan 127.0.0.1 5-1", "list" },
        { "ports scan 127.0.0.1 80,,", "list" },
        { "ports scan 127.0.0.1 --retries 11", "10" },
    };

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task A_wrong_line_is_refused_in_one_line(string line, string expected)
    {
        FathomBinary.SkipIfAbsent();
        var result = await Shell.RunAsync([FathomBinary.File!, .. line.Split(' ')], limit: TimeSpan.FromMinutes(2));

        Assert.Equal(2, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.StartsWith("fathom: ", result.Error, StringComparison.Ordinal);
        Assert.Contains(expected, result.Error, StringComparison.Ordinal);
        Assert.InRange(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length, 1, 2);
    }
}
