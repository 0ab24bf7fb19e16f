using Fathom.Wire.Internet;
using Fathom.Wire.Transport;
using Packetdrill.Language;

namespace Packetdrill.Tests;

/// <summary>Every form that the language has.</summary>
public class ScriptParserTests
{
    [Theory]
    [InlineData("0 close(3) = 0", TimeKind.Absolute, 0, null, null)]
    [InlineData("1.5 close(3) = 0", TimeKind.Absolute, 1_500_000, null, null)]
    [InlineData("+.000001 close(3) = 0", TimeKind.Relative, 1, null, null)]
    [InlineData("+0.1~+0.25 > . 1:1(0) ack 1", TimeKind.Relative, 100_000, 250_000, null)]
    [InlineData("0.1~0.25 > . 1:1(0) ack 1", TimeKind.Absolute, 100_000, 250_000, null)]
    [InlineData("* > . 1:1(0) ack 1", TimeKind.Any, 0, null, null)]
    [InlineData("+.1...0.3 read(3, ..., 10) = 10", TimeKind.Relative, 100_000, null, 300_000)]
    [InlineData("+.002 ... 0.004 connect(4, ..., ...) = 0", TimeKind.Relative, 2000, null, 4000)]
    [InlineData("+0...0.000 read(3, ..., 10) = 10", TimeKind.Relative, 0, null, 0)]
    internal void Times(string text, TimeKind kind, int start, int? latest, int? end)
    {
        var only = Assert.Single(Read(text).Events);
        Assert.Equal((kind, TimeSpan.FromMicroseconds(start)), (only.Time.Kind, only.Time.Start));
        Assert.Equal(latest is { } l ? TimeSpan.FromMicroseconds(l) : null, only.Time.Latest);
        Assert.Equal(end is { } e ? TimeSpan.FromMicroseconds(e) : null, (only.Action as CallAction)?.End);
    }

    [Theory]
    [InlineData("S 0:0(0) win 100", TcpFlags.Syn)]
    [InlineData("S. 0:0(0) ack 1", TcpFlags.Syn | TcpFlags.Ack)]
    [InlineData(". 1:1(0) ack 1", TcpFlags.Ack)]
    [InlineData("- 1:11(10)", TcpFlags.None)]
    [InlineData("FPU. 1:2(1) ack 1 urg 7", TcpFlags.Fin | TcpFlags.Psh | TcpFlags.Urg | TcpFlags.Ack)]
    [InlineData("SEWA 0:0(0)", TcpFlags.Syn | TcpFlags.Ece | TcpFlags.Cwr | TcpFlags.Ae)]
    [InlineData("P.5 1:2(1) ack 1", TcpFlags.Psh | TcpFlags.Ack)]
    [InlineData("R 1:1(0)", TcpFlags.Rst)]
    public void Flags(string text, TcpFlags expected) => Assert.Equal(expected, Packet("0 < " + text).Tcp.Flags);

    [Fact]
    public void A_packet_with_everything()
    {
        var packet = Packet("0 > [ect0] 8080 > 50000 P.3 4294967290:4(10) ack 7 win 5 urg 2 <mss 1460,nop,wscale 8,sackOK,TS val 1 ecr 2,sack 1:2 3:4,eol,FO 0a0b,md5 00ff,ECN e1b 1 ceb 0 e0b 1>");
        Assert.Equal((Ecn.Capable0, (byte)3, new PortSpec(8080, 50000)), (packet.Ip.Ecn, packet.Tcp.AceCounter, packet.Ports));
        Assert.Equal((new SequenceSpec(4294967290, 4, 10), 7u, (ushort)5, (ushort)2), (packet.Tcp.Sequence, packet.Tcp.Acknowledgment!.Value, packet.Tcp.Window!.Value, packet.Tcp.Urgent!.Value));
        Assert.Equal(
            "mss 1460,nop,wscale 8,sackOK,TS val 1 ecr 2,sack 1:2 3:4,eol,FO 0a0b,md5 00ff,ECN 000001000000000001",
            string.Join(',', packet.Tcp.Options));
    }

    [Theory]
    [InlineData("[noecn]", Ecn.NotCapable)]
    [InlineData("[ect1]", Ecn.Capable1)]
    [InlineData("(ce)", Ecn.CongestionExperienced)]
    public void The_field_of_ECN(string text, Ecn expected) => Assert.Equal(expected, Packet($"0 < {text} . 1:1(0) ack 1").Ip.Ecn);

    [Theory]
    [InlineData("0 < icmp unreachable frag_needed mtu 1200 [1:1461(1460)]")]
    [InlineData("0 < [1:1461(1460)] icmp unreachable frag_needed mtu 1200")]
    public void An_ICMP_error_quotes_before_or_behind(string text)
    {
        var icmp = Assert.IsType<IcmpPacketAction>(Assert.Single(Read(text).Events).Action);
        Assert.Equal(("unreachable", "frag_needed", 1200u, new SequenceSpec(1, 1461, 1460)), (icmp.Type, icmp.Code, icmp.Mtu!.Value, icmp.Quoted!.Value));
    }

    [Fact]
    public void An_absolute_time_behind_an_ICMP_message_is_the_next_event()
    {
        var script = Read("0 < icmp unreachable host_unreachable\n1 < icmp echo_request id 7\n2 < udp (100)\n");
        Assert.Equal([1, 2, 3], script.Events.Select(static e => e.Line));
        Assert.Equal(100, Assert.IsType<UdpPacketAction>(script.Events[2].Action).Length);
    }

    [Fact]
    public void A_call_over_several_lines()
    {
        var call = Assert.IsType<CallAction>(Assert.Single(Read("""
            0 recvmsg(4, {msg_name(...)=...,
                          msg_iov(1)=[{..., 2000}], msg_flags=0,
                          msg_control=[{cmsg_level=SOL_TCP, cmsg_type=TCP_CM_INQ, cmsg_data=8000}]},
                      MSG_DONTWAIT|MSG_TRUNC) = -1 EAGAIN (Resource temporarily unavailable)
            """).Events).Action);
        Assert.Equal(("recvmsg", "EAGAIN", 3), (call.Name, call.Errno, call.Arguments.Count));
        Assert.Equal("[{cmsg_level=SOL_TCP, cmsg_type=TCP_CM_INQ, cmsg_data=8000}]", Assert.IsType<Expression.Structure>(call.Arguments[1])["msg_control"]!.ToString());
        Assert.Equal("MSG_DONTWAIT|MSG_TRUNC", call.Arguments[2].ToString());
    }

    [Fact]
    public void An_address_in_a_call()
    {
        var call = Assert.IsType<CallAction>(Read("0 bind(3, {sa_family = AF_INET, sin_port = htons(8081), sin_addr = inet_addr(\"192.168.0.1\")}, 16) = 0").Events[0].Action);
        Assert.Equal("{sa_family=AF_INET, sin_port=htons(8081), sin_addr=inet_addr(\"192.168.0.1\")}", call.Arguments[1].ToString());
    }

    [Fact]
    public void Options_comments_shell_text_code_and_cleanup()
    {
        var script = Read("""
            // a comment
            --tolerance_usecs=10000
            --strict_segments   // here too
            --define=SIZE=1000
            /* one
               of C */
            `setup
             continues`
            0 write(3, ..., SIZE) = SIZE
            +.1%{ assert tcpi_snd_cwnd == 10 }%
            +0 `sleep 1`
            `cleanup`
            """);
        Assert.Equal([("tolerance_usecs", "10000"), ("strict_segments", null), ("define", "SIZE=1000")], script.Options.Select(static o => (o.Name, o.Value)));
        Assert.Equal((7, "setup\n continues"), (script.Setup!.Line, script.Setup.Text));
        Assert.Equal("cleanup", script.Cleanup!.Text);
        Assert.Equal("1000", Assert.IsType<CallAction>(script.Events[0].Action).Arguments[2].ToString());
        Assert.Equal(" assert tcpi_snd_cwnd == 10 ", Assert.IsType<CodeAction>(script.Events[1].Action).Text);
        Assert.IsType<ShellAction>(script.Events[2].Action);
    }

    [Theory]
    [InlineData("", 1, 1, "an event expected")]
    [InlineData("0 > X. 1:1(0) ack 1", 1, 5, "'X' is no flag")]
    [InlineData("0 > . 1:5(3) ack 1", 1, 9, "is not 3 octets")]
    [InlineData("0 close(3) = 0\nclose(4) = 0", 2, 1, "a time in seconds")]
    [InlineData("0 close(3) = ", 1, 14, "an expression")]
    [InlineData("0 close(3 = 0", 1, 11, "',' expected")]
    [InlineData("0 > . 1:1(0) ack 1 <mss 99999>", 1, 25, "0 to 65535")]
    [InlineData("0 > . 1:1(0) ack 1 <nops>", 1, 21, "a TCP option")]
    [InlineData("0 > [ect2] . 1:1(0)", 1, 6, "noecn")]
    [InlineData("0 > . 1:1(0) <sack>", 1, 19, "one to four blocks")]
    [InlineData("`never closed\n0 close(3) = 0", 1, 1, "not closed")]
    [InlineData("+.3~+.1 > . 1:1(0)", 1, 6, "ends before it starts")]
    [InlineData("0 close(3) = 0\n`done`\n0 close(3) = 0", 3, 1, "nothing may follow")]
    [InlineData("0 %{ assert 1", 1, 4, "not closed")]
    public void A_mistake_is_told_with_its_place(string text, int line, int column, string message)
    {
        Assert.False(ScriptParser.TryParse(text, out _, out var error));
        Assert.Equal((line, column), (error!.Line, error.Column));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_prefix_of_a_script_is_read_or_refused()
    {
        var text = File.ReadAllText(Path.Combine(Scripts.Own, "receive", "paws.pkt")) + "\n0 f([{a(1)=..., b=\"c\"}], X|Y) = -1 EPIPE (no)\n";
        for (var length = 0; length <= text.Length; length++)
        {
            if (!ScriptParser.TryParse(text[..length], out _, out var error)) Assert.NotNull(error);
        }
    }

    [Fact]
    public void Nesting_has_a_bound() => Assert.False(ScriptParser.TryParse("0 f(" + new string('[', 10_000), out _, out _));

    private static Script Read(string text)
    {
        Assert.True(ScriptParser.TryParse(text, out var script, out var error), error?.ToString());
        return script;
    }

    private static TcpPacketAction Packet(string text) => Assert.IsType<TcpPacketAction>(Assert.Single(Read(text).Events).Action);
}
