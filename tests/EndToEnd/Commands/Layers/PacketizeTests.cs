namespace Fathom.EndToEnd.Commands.Layers;

/// <summary>What packetize makes is what tshark and the kernel take for packets, and both put them together to the same message.</summary>
public sealed class PacketizeTests
{
    // 5,000 octets that are not all the same, so that a piece in the wrong place shows.
    private const string Message = "seq -w 1 1000 > message; ";

    // Hands the frames of the JSON document, without their Ethernet headers, to the kernel through a TUN device, and waits for the datagram.
    private const string ThroughTheKernel = """
        cat > through.py <<'EOF'
        import fcntl, json, os, socket, struct, subprocess, sys
        order, address, family = sys.argv[1], sys.argv[2], socket.AF_INET6 if ":" in sys.argv[2] else socket.AF_INET
        tun = os.open("/dev/net/tun", os.O_RDWR)
        fcntl.ioctl(tun, 0x400454ca, struct.pack("16sH", b"tun7", 0x1001))
        subprocess.check_call(["ip", "addr", "add", address + ("/64" if family == socket.AF_INET6 else "/24"), "dev", "tun7"] + (["nodad"] if family == socket.AF_INET6 else []))
        subprocess.check_call(["ip", "link", "set", "tun7", "up"])
        if family == socket.AF_INET6: subprocess.check_call(["bash", "-c", "until_usable " + address])
        receiver = socket.socket(family, socket.SOCK_DGRAM)
        receiver.bind((address, 60000))
        receiver.settimeout(5 if order != "without-second" else 0.5)
        packets = [bytes.fromhex(p["frame"])[14:] for p in json.load(open("message.json"))["packets"]]
        if order == "reversed": packets.reverse()
        if order == "doubled": packets = [packets[0]] + packets
        if order == "without-second": del packets[1]
        for packet in packets: os.write(tun, packet)
        try: sys.stdout.buffer.write(receiver.recvfrom(65535)[0])
        except TimeoutError: print("nothing", end="")
        EOF

        """;

    [Theory]
    [InlineData("", "in-order", "192.0.2.2")]
    [InlineData("", "reversed", "192.0.2.2")]
    [InlineData("--mtu 576", "doubled", "192.0.2.2")]
    [InlineData("--ipv6", "in-order", "2001:db8::2")]
    [InlineData("--ipv6 --mtu 1280", "reversed", "2001:db8::2")]
    public async Task The_kernel_puts_our_fragments_together(string options, string order, string address)
    {
        Skip();
        var result = await Sandbox.RunAsync($"{Folder}{Message}{ThroughTheKernel}fathom packetize - {options} --output json < message > message.json\n/usr/bin/python3 through.py {order} {address} > got; cmp message got && echo same; exit 0");
        Assert.True(result.Output.Trim() == "same", result.ToString());
    }

    [Fact]
    public async Task The_kernel_gives_nothing_up_when_a_fragment_is_missing()
    {
        Skip();
        var result = await Sandbox.RunAsync($"{Folder}{Message}{ThroughTheKernel}fathom packetize - --output json < message > message.json\n/usr/bin/python3 through.py without-second 192.0.2.2");
        Assert.True(result.Output.Trim() == "nothing", result.ToString());
    }

    [Theory]
    [InlineData("--udp")]
    [InlineData("--udp --mtu 576 --reorder=3")]
    [InlineData("--udp --ipv6")]
    [InlineData("--tcp")]
    [InlineData("--tcp --ipv6 --mtu 1280")]
    [InlineData("--tcp --lose 2")]
    public async Task Tshark_reads_our_file_without_an_error_and_puts_the_message_together(string options)
    {
        Skip();
        var isTcp = options.Contains("--tcp", StringComparison.Ordinal);
        var read = isTcp
            ? "tshark -n -r out.pcapng -q -z follow,tcp,raw,0 2>/dev/null | grep -E '^[0-9a-f]+$' | tr -d '\\n'"
            : "tshark -n -r out.pcapng -o ip.defragment:TRUE -o ipv6.defragment:TRUE -T fields -e data.data -Y udp 2>/dev/null | tr -d '\\n'";
        var result = await Sandbox.RunAsync($$"""
            {{Folder}}{{Message}}fathom packetize - {{options}} --write out.pcapng --output json < message > /dev/null
            echo "message $(xxd -p message | tr -d '\n')"
            echo "tshark $({{read}})"
            echo "errors $(tshark -n -r out.pcapng -o ip.check_checksum:TRUE -o tcp.check_checksum:TRUE -o udp.check_checksum:TRUE -q -z expert,error 2>/dev/null | grep -c Errors)"
            echo "bad $(tshark -n -r out.pcapng -o ip.check_checksum:TRUE -o tcp.check_checksum:TRUE -o udp.check_checksum:TRUE -Y 'ip.checksum.status==0 || tcp.checksum.status==0 || udp.checksum.status==0' 2>/dev/null | wc -l)"
            echo "capinfos $(capinfos -cM out.pcapng | awk '/Number of packets/ { print $NF }')"
            echo "fathom $(fathom dissect out.pcapng | wc -l)"
            """);
        var lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(static l => l.Split(' ', 2)).ToDictionary(static l => l[0], static l => l[1].Trim());
        Assert.True(lines["message"].Length == 10000, result.ToString());
        Assert.True(lines["message"] == lines["tshark"], result.ToString());
        Assert.Equal(("0", "0"), (lines["errors"], lines["bad"]));
        Assert.Equal(lines["capinfos"], lines["fathom"]);
    }

    [Theory]
    [InlineData("packetize hello --mtu 67", "68")]
    [InlineData("packetize hello --ipv6 --mtu 1279", "1280")]
    [InlineData("packetize hello --lose 2", "1 packet")]
    [InlineData("packetize hello --lose x", "expected")]
    [InlineData("packetize hello --tcp --udp", "exclude")]
    [InlineData("packetize ''", "empty")]
    [InlineData("packetize @/no/such/file", "/no/such/file")]
    [InlineData("dissect zz", "hexadecimal")]
    [InlineData("dissect /no/such/file", "no such file")]
    [InlineData("dissect 45000000 --packet 0", "from 1")]
    [InlineData("dissect 45000000 --link-type wires", "ethernet")]
    [InlineData("dissect --unknown", "unknown option")]
    [InlineData("explain --unknown", "unknown option")]
    public async Task A_wrong_command_line_is_one_line_and_status_2(string command, string said)
    {
        Skip();
        var result = await Sandbox.RunAsync("fathom " + command);
        Assert.True(result.ExitCode == 2 && result.Output.Length == 0, result.ToString());
        var line = Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(said, line, StringComparison.Ordinal);
    }

    private const string Folder = "cd \"$(mktemp -d)\"; ";

    private static void Skip()
    {
        Sandbox.SkipIfImpossible();
        FathomBinary.SkipIfAbsent();
    }
}
