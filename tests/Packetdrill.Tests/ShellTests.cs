using Fathom.Stack.Transport.Tcp;
using Packetdrill.Language;
using Packetdrill.Playing;

namespace Packetdrill.Tests;

/// <summary>Shell text becomes configuration, or a reason why not; nothing of it is run.</summary>
public class ShellTests
{
    [Fact]
    public void Commands_and_words() => Assert.Equal(
        ["sysctl|-q|a=1|b=2 3", "ip|route|x", "tail"],
        ShellReader.Read("sysctl -q a=1 \\\n b=\"2 3\" # a comment\nip route 'x'; tail").Select(static c => string.Join('|', c)));

    [Fact]
    public void Kernel_parameters_become_settings()
    {
        var configuration = Apply("""
            ../../common/defaults.sh
            ../common/set_sysctls.py /proc/sys/net/ipv4/tcp_timestamps=0 /proc/sys/net/ipv4/tcp_wmem="4096 50000 $((4*1024*1024))"
            sysctl -q net.ipv4.tcp_ecn=1 net.ipv4.tcp_syncookies=2
            ethtool -K tun0 tso off gso off
            ip link set dev tun0 mtu 1280
            """, out var reason);
        Assert.Null(reason);
        Assert.Equal((false, TcpEcnMode.Ask, TcpCookieMode.Always), (configuration.Tcp.UseTimestamps, configuration.Tcp.Ecn, configuration.Tcp.SynCookies));
        Assert.Equal((50_000, 4_194_304, false, 1280), (configuration.SendSpace.Limit, configuration.SendSpace.MaximumLimit, configuration.HasSegmentationOffload, configuration.Mtu));
    }

    [Fact]
    public void Modules_have_parameters_too()
    {
        var configuration = Apply("sysctl -q net.ipv4.tcp_tw_reuse_delay=20\necho 0 > /sys/module/tcp_cubic/parameters/hystart", out var reason);
        Assert.Null(reason);
        Assert.Equal((TimeSpan.FromMilliseconds(20), false), (configuration.Tcp.TimeWaitReuseDelay, configuration.Tcp.UseHyStart));
    }

    [Theory]
    [InlineData("sysctl -q net.ipv4.tcp_of_the_future=1", "tcp_of_the_future")]
    [InlineData("sysctl -q net.ipv4.tcp_fastopen=0x603", "tcp_fastopen")]
    [InlineData("echo 3 > /sys/module/tcp_cubic/parameters/hystart_detect", "hystart_detect")]
    [InlineData("iptables -A INPUT -j DROP", "iptables")]
    [InlineData("tc qdisc replace dev tun0 root pfifo limit 0", "limit 0")]
    [InlineData("ip route change 192.0.2.1 via 192.168.0.2 dev tun0 mtu lock 640", "MTU of its own")]
    public void What_has_no_counterpart_is_told(string text, string expected)
    {
        Apply(text, out var reason);
        Assert.Contains(expected, reason, StringComparison.Ordinal);
    }

    private static Configuration Apply(string text, out string? reason)
    {
        Assert.True(ScriptOptions.TryRead([], out var options, out _, out _));
        var configuration = new Configuration(options);
        reason = ShellConfiguration.Apply(text, configuration);
        return configuration;
    }
}
