using Packetdrill.Playing;

namespace Packetdrill.Tests;

/// <summary>What scripts for Linux take for granted beside TCP itself: its options, its buffers, how it paces.</summary>
public class LinuxWorldTests
{
    private const string Listen = """
            0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
           +0 bind(3, ..., ...) = 0
           +0 listen(3, 1) = 0

        """;

    private const string Open = Listen + """
           +0 < S 0:0(0) win 32792 <mss 1000,sackOK,nop,nop,nop,wscale 7>
           +0 > S. 0:0(0) ack 1 <mss 1460,nop,nop,sackOK,nop,wscale 8>
          +.1 < . 1:1(0) ack 1 win 257
           +0 accept(3, ..., ...) = 4

        """;

    // RFC 9293 §3.1 (MUST-6): options that are not known are passed over, and a cookie of somebody's is one.
    [Theory]
    [InlineData("FO 0123456789abcdef")]
    [InlineData("FOEXP TFO_COOKIE")]
    [InlineData("md5 000102030405060708090a0b0c0d0e0f,nop,nop")]
    public void Options_that_only_come_are_passed_over(string option) => Passes(Listen + $"""
           +0 < S 0:0(0) win 32792 <mss 1000,{option}>
           +0 > S. 0:0(0) ack 1 <mss 1460>
          +.1 < . 1:1(0) ack 1 win 257
           +0 accept(3, ..., ...) = 4
        """);

    [Fact]
    public void A_segment_size_that_was_set_is_told_before_there_is_a_connection() => Passes("""
            0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
           +0 getsockopt(3, SOL_TCP, TCP_MAXSEG, [536], [4]) = 0
           +0 setsockopt(3, SOL_TCP, TCP_MAXSEG, [1100], 4) = 0
           +0 getsockopt(3, SOL_TCP, TCP_MAXSEG, [1100], [4]) = 0
        """);

    // The device cuts 26 segments; a script may see them as two, each pushed.
    [Fact]
    public void A_burst_that_is_cut_elsewhere_is_the_same_burst() => Passes(Open + """
           +0 write(4, ..., 26000) = 26000
           +0 > P. 1:10001(10000) ack 1
           +0 < . 1:1(0) ack 10001 win 257
           +0 > P. 10001:18001(8000) ack 1
           +0 > P. 18001:26001(8000) ack 1
        """);

    [Fact]
    public void The_end_of_what_was_written_is_pushed_all_the_same()
        => Assert.Equal(Verdict.Fail, Play.Text(Open + "   +0 write(4, ..., 8000) = 8000\n   +0 > P. 1:4001(4000) ack 1\n   +0 > . 4001:8001(4000) ack 1").Verdict);

    // The limit grows with an acknowledgment that comes while a writer lacks room; with none else. Until then it is 50,000: a chunk of 16,000 octets, 4,000 that fill the second
    // chunk up to 16,000 after the window of twenty segments took 4,000 of its first 16,000, and one chunk more.
    [Fact]
    public void The_room_to_write_grows_where_it_is_lacking() => Passes("`sysctl -q net.ipv4.tcp_wmem=\"4096 50000 4194304\"`\n" + Open + """
           +0 fcntl(4, F_SETFL, O_RDWR|O_NONBLOCK) = 0
           +0 write(4, ..., 20000) = 20000
           +0 > P. 1:10001(10000) ack 1
          +.1 < . 1:1(0) ack 10001 win 257
           +0 > P. 10001:20001(10000) ack 1
          +.1 < . 1:1(0) ack 20001 win 257
           +0 write(4, ..., 200000) = 52000
           +0 > P. 20001:40001(20000) ack 1
          +.1 < . 1:1(0) ack 40001 win 257
           +0 write(4, ..., 90000) = 90000
        """);

    [Fact]
    public void Times_that_Linux_paces_are_not_applicable()
    {
        const string Paced = "`tc qdisc replace dev tun0 root fq`\n" + Open + "   +0 write(4, ..., 4000) = 4000\n   +0 > . 1:2001(2000) ack 1\n";
        Assert.Equal(Verdict.Pass, Play.Text(Paced + "   +0 > P. 2001:4001(2000) ack 1").Verdict);
        var late = Play.Text(Paced + " +.02 > P. 2001:4001(2000) ack 1");
        Assert.Equal(Verdict.NotApplicable, late.Verdict);
        Assert.Contains("fq paces", late.Detail, StringComparison.Ordinal);
        Assert.Equal(Verdict.Fail, Play.Text(Paced + "   +0 > P. 2001:4001(2000) ack 2").Verdict);
    }

    private static void Passes(string script)
    {
        var outcome = Play.Text(script);
        Assert.Equal((Verdict.Pass, ""), (outcome.Verdict, outcome.Detail));
    }
}
