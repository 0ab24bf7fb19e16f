using Packetdrill.Language;
using Packetdrill.Playing;

namespace Packetdrill.Tests;

/// <summary>What the runner says of scripts that do not pass.</summary>
public class RunnerTests
{
    private const string Open = """
            0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
           +0 bind(3, ..., ...) = 0
           +0 listen(3, 1) = 0
           +0 < S 0:0(0) win 65535 <mss 1000>
           +0 > S. 0:0(0) ack 1 <mss 1460>
          +.1 < . 1:1(0) ack 1 win 65535
           +0 accept(3, ..., ...) = 4

        """;

    [Theory]
    [InlineData("+0 splice(4, 5, 6) = 0", "splice()")]
    [InlineData("+0 setsockopt(4, SOL_TCP, TCP_ULP, [1], 4) = 0", "TCP_ULP")]
    [InlineData("+0 send(4, ..., 10, MSG_ZEROCOPY) = 10", "MSG_ZEROCOPY")]
    [InlineData("+0 frobnicate(4) = 0", "frobnicate()")]
    [InlineData("+0 `iptables -F`", "iptables")]
    [InlineData("+0 %{ import os }%", "import os")]
    [InlineData("+0 > S 0:0(0) <mss 1460,FO>", "fast open")]
    [InlineData("+0 > SEWA 0:0(0)", "accurate ECN")]
    [InlineData("+0 setsockopt(4, SOL_SOCKET, SO_TIMESTAMPING, [1], 4) = 0", "error queue")]
    [InlineData("+0 < ipv4 1.2.3.4 > 5.6.7.8: . 1:1(0)", "inside ipv4")]
    public void What_is_not_there_is_not_applicable(string line, string reason)
    {
        var outcome = Play.Text(Open + line);
        Assert.Equal((Verdict.NotApplicable, 8), (outcome.Verdict, outcome.Line));
        Assert.Contains(reason, outcome.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_option_is_not_applicable() => Assert.Equal((Verdict.NotApplicable, 1), (Play.Text("--wormhole\n" + Open).Verdict, Play.Text("--wormhole\n" + Open).Line));

    [Theory]
    [InlineData("+0 write(4, ..., 10) = 11", "expected 11, seen 10")]
    [InlineData("+0 read(4, ..., 10) = 10", "but it blocks")]
    [InlineData("+0...0.1 read(4, ..., 10) = 10", "still blocks")]
    [InlineData("+0 close(7) = 0", "seen -1 EBADF")]
    [InlineData("+0 shutdown(4, SHUT_WR) = -1 ENOTCONN (not)", "seen 0")]
    [InlineData("+0 > . 1:1(0) ack 1", "seen nothing")]
    [InlineData("+0 ioctl(4, SIOCINQ, [5]) = 0", "expected 5, seen 0")]
    [InlineData("+0 getsockopt(4, SOL_TCP, TCP_MAXSEG, [999], [4]) = 0", "expected 999, seen 1000")]
    [InlineData("+0 %{ assert tcpi_snd_cwnd == 11 }%", "tcpi_snd_cwnd is 10")]
    public void A_difference_fails_at_its_line(string line, string detail)
    {
        var outcome = Play.Text(Open + line);
        Assert.Equal((Verdict.Fail, 8), (outcome.Verdict, outcome.Line));
        Assert.Contains(detail, outcome.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_packet_nobody_expects_fails_where_the_next_is_awaited()
    {
        var outcome = Play.Text(Open + "+0 write(4, ..., 10) = 10\n+.1 write(4, ..., 0) = 0\n+.5 < F. 1:1(0) ack 11 win 100\n+0 > . 11:11(0) ack 2");
        Assert.Equal((Verdict.Fail, 11), (outcome.Verdict, outcome.Line));
        Assert.Contains("seen > P. 1:11(10)", outcome.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_time_that_the_language_tolerates_passes_and_is_told()
    {
        const string Late = Open + "+0 write(4, ..., 10) = 10\n+.003 > P. 1:11(10) ack 1";
        var outcome = Play.Text(Late, isExact: false);
        Assert.Equal((Verdict.Pass, 9, TimeSpan.FromMilliseconds(-3)), (outcome.Verdict, outcome.Largest!.Line, outcome.Largest.By));
        Assert.Equal((Verdict.Fail, 9), (Play.Text(Late).Verdict, Play.Text(Late).Line));
        Assert.Equal(Verdict.Fail, Play.Text(Late.Replace("+.003", "+.005", StringComparison.Ordinal), isExact: false).Verdict);
        Assert.Equal(Verdict.Pass, Play.Text("--tolerance_usecs=6000\n" + Late.Replace("+.003", "+.005", StringComparison.Ordinal), isExact: false).Verdict);
    }

    [Fact]
    public void A_share_of_the_gap_may_be_tolerated_and_who_runs_code_is_all_the_same()
    {
        const string Late = Open + "+0 write(4, ..., 10) = 10\n+.1 > P. 1:11(10) ack 1";
        Assert.Equal(Verdict.Fail, Play.Text(Late, isExact: false).Verdict);
        Assert.Equal(Verdict.Pass, Play.Text("--tolerance_percent=100\n--code_command=\"/usr/bin/python\"\n--code_format=python\n" + Late, isExact: false).Verdict);
    }

    [Fact]
    public void One_segment_may_come_as_several_unless_the_script_is_strict()
    {
        const string Text = Open + "+0 write(4, ..., 3000) = 3000\n+0 > P. 1:3001(3000) ack 1";
        Assert.Equal(Verdict.Pass, Play.Text(Text).Verdict);
        Assert.Equal(Verdict.Fail, Play.Text("--strict_segments\n" + Text).Verdict);
    }

    [Fact]
    public void UDP_is_played_too() => Assert.Equal((Verdict.Pass, ""), Result("""
            0 socket(..., SOCK_DGRAM, IPPROTO_UDP) = 3
           +0 connect(3, ..., ...) = 0
           +0 write(3, ..., 100) = 100
           +0 > udp (100)
          +.1 < udp (50)
           +0 read(3, ..., 1000) = 50
        """));

    [Fact]
    public void Epoll_tells_edges() => Assert.Equal((Verdict.Pass, ""), Result(Open + """
           +0 fcntl(4, F_SETFL, O_RDWR|O_NONBLOCK) = 0
           +0 epoll_create(1) = 5
           +0 epoll_ctl(5, EPOLL_CTL_ADD, 4, {events=EPOLLIN|EPOLLOUT|EPOLLET, fd=4}) = 0
           +0 epoll_wait(5, {events=EPOLLOUT, fd=4}, 1, 0) = 1
           +0 epoll_wait(5, {events=0, ptr=0}, 1, 0) = 0
           +0 < P. 1:101(100) ack 1 win 65535
           +0 > . 1:1(0) ack 101
           +0 epoll_wait(5, {events=EPOLLIN|EPOLLOUT, fd=4}, 1, 0) = 1
           +0 epoll_wait(5, {events=0, ptr=0}, 1, 0) = 0
           +0 read(4, ..., 1000) = 100
           +0...0.5 epoll_wait(5, {events=EPOLLIN|EPOLLOUT, fd=4}, 1, 1000) = 1
          +.5 < P. 101:201(100) ack 1 win 65535
           +0 > . 1:1(0) ack 201
        """));

    [Theory]
    [InlineData("", 0)]
    [InlineData("+0 write(4, ..., 1) = 2", 1)]
    [InlineData("+0 write(4, ...", 2)]
    public void A_file_gives_its_exit_status(string line, int status)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, Open + line);
            using var output = new StringWriter();
            using var complaints = new StringWriter();
            Assert.Equal(status, ScriptFile.Play(path, false, false, output, complaints));
            Assert.StartsWith(status switch { 0 => $"PASS {path}", 1 => $"FAIL {path}: line 8: ", _ => "" }, output.ToString(), StringComparison.Ordinal);
            if (status == 2) Assert.StartsWith($"{path}: line 8, column 16: ", complaints.ToString(), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void What_is_given_beside_the_script_counts_like_its_head_and_less_than_it()
    {
        const string Text = """
                0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
               +0 setsockopt(3, SOL_TCP, WHICH, [1], 4) = 0
               +0 fcntl(3, F_SETFL, O_RDWR|O_NONBLOCK) = 0
               +0 connect(3, ..., ...) = -1 EINPROGRESS (x)
               +0 > S 0:0(0) <mss 1440,sackOK,TS val 1 ecr 0,nop,wscale 8>
            """;
        ScriptOption[] given = [new ScriptOption(0, "define", "WHICH=TCP_NODELAY"), new ScriptOption(0, "ip_version", "ipv6"), new ScriptOption(0, "mtu", "1500")];
        Assert.Equal((Verdict.Pass, 0), Verdicts(Text, given));
        Assert.Equal((Verdict.Fail, 6), Verdicts("--mtu=1400\n" + Text, given));
        Assert.Equal((Verdict.Fail, 5), Verdicts(Text, given[..2]));
        Assert.Equal((Verdict.NotApplicable, 2), Verdicts(Text, given[1..]));
    }

    [Fact]
    public void The_kernel_s_counters_are_not_looked_at_and_that_is_told()
    {
        var outcome = Play.Text(Open + "+0 `nstat -n`\n+0 `nstat | grep -q TcpExtBeyondWindow`");
        Assert.Equal((Verdict.Pass, "line 9, the kernel's counters"), (outcome.Verdict, Assert.Single(outcome.Unchecked)));
    }

    [Fact]
    public void What_is_peeked_at_stays_and_what_is_truncated_goes() => Assert.Equal((Verdict.Pass, ""), Result(Open + """
        +0 < P. 1:101(100) ack 1 win 65535
        +0 > . 1:1(0) ack 101
        +0 recv(4, ..., 1000, MSG_PEEK) = 100
        +0 recv(4, ..., 60, MSG_TRUNC) = 60
        +0 recv(4, ..., 1000, MSG_PEEK) = 40
        +0 read(4, ..., 1000) = 40
        """));

    [Fact]
    public void Every_error_that_an_ICMP_message_stands_for_can_be_asked_for() => Assert.Equal((Verdict.Pass, ""), Result("""
            0 socket(..., SOCK_STREAM|SOCK_NONBLOCK, IPPROTO_TCP) = 3
           +0 connect(3, ..., ...) = -1 EINPROGRESS (x)
           +0 > S 0:0(0) <...>
          +.1 < icmp unreachable protocol_unreachable [0:0(0)]
           +0 getsockopt(3, SOL_SOCKET, SO_ERROR, [ENOPROTOOPT], [4]) = 0
        """));

    private static (Verdict Verdict, int Line) Verdicts(string text, IReadOnlyList<ScriptOption> given)
    {
        Assert.True(ScriptParser.TryParse(text, out var script, out var error, given), error?.ToString());
        var outcome = ScriptPlayer.Play(script, isExact: true);
        return (outcome.Verdict, outcome.Line);
    }

    private static (Verdict Verdict, string Detail) Result(string text)
    {
        var outcome = Play.Text(text);
        return (outcome.Verdict, outcome.Detail);
    }
}
