namespace Fathom.EndToEnd.Commands.Layers;

/// <summary>capture shows and saves what tcpdump sees; dissect follows and filters what it saved.</summary>
public sealed class CaptureTests
{
    // Both capture the same traffic: they listen before it begins, and end after it. The web server's FIN is sent when it has ended, the last packet before the pings.
    private const string Both = """
        cd "$(mktemp -d)"
        tcpdump -Z root --immediate-mode -i lo -U -w theirs.pcap 2> dumping & dump=$!
        until_true grep -q listening dumping
        fathom capture -i lo -w ours.pcapng --print > list.txt 2> said.txt & ours=$!
        until_true grep -q capturing said.txt
        printf 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello' | nc -l 127.0.0.1 8080 >/dev/null & server=$!; until_listening 8080
        curl -s --http1.1 http://127.0.0.1:8080/x >/dev/null; wait $server
        ping -c 2 -i 0.2 -q 127.0.0.1 >/dev/null
        we_have_all() { [ "$(grep -c 'echo reply' list.txt)" = 2 ]; }
        they_have_all() { [ "$(tcpdump -nr theirs.pcap 'icmp[icmptype] == icmp-echoreply' | wc -l)" = 2 ]; }
        until_true we_have_all; until_true they_have_all
        kill -TERM $ours; wait $ours; echo "status $?"
        kill $dump; wait $dump 2>/dev/null

        """;

    [Fact]
    public async Task What_is_captured_is_what_tcpdump_captures()
    {
        Skip();
        var result = await Sandbox.RunAsync(Both + """
            tail -1 said.txt
            # tcpdump sees each packet of the loopback interface once too.
            tshark -n -r theirs.pcap -T fields -e frame.len -e ip.id -e tcp.seq_raw -e icmp.seq 2>/dev/null > theirs.txt
            tshark -n -r ours.pcapng -T fields -e frame.len -e ip.id -e tcp.seq_raw -e icmp.seq 2>/dev/null > ours.txt
            diff theirs.txt ours.txt && echo same
            [ "$(wc -l < ours.txt)" = "$(wc -l < list.txt)" ] && echo listed
            tshark -r ours.pcapng -Y '_ws.expert.severity == error' 2>/dev/null | wc -l
            capinfos -Mc ours.pcapng 2>/dev/null | awk '/Number of packets/ { print $NF }'; wc -l < list.txt
            """);
        var lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("status 0", lines[0]);
        Assert.Matches(@"^\d+ packets captured, 0 dropped for want of room, saved to ours\.pcapng$", lines[1]);
        Assert.Equal(["same", "listed", "0"], lines[2..5]);
        Assert.Equal(lines[5], lines[6]);
    }

    [Fact]
    public async Task A_conversation_is_followed_and_packets_are_filtered_as_by_tcpdump()
    {
        Skip();
        var result = await Sandbox.RunAsync(Both + """
            first=$(fathom dissect ours.pcapng | awk '/\[SYN\]/ { print $1; exit }')
            fathom dissect ours.pcapng --follow $first
            echo ====
            for f in 'tcp port 8080' 'icmp' 'tcp[tcpflags] & tcp-syn != 0' 'not tcp and host 127.0.0.1'; do
              echo "$(fathom dissect ours.pcapng --filter "$f" | wc -l) $(tcpdump -nr ours.pcapng "$f" 2>/dev/null | wc -l)"
            done
            fathom dissect - --follow $first < ours.pcapng | cmp - <(fathom dissect ours.pcapng --follow $first) && echo from a pipe too
            fathom dissect ours.pcapng --filter 'tcp prot 80'; echo "status $?"
            fathom dissect ours.pcapng --follow 9999; echo "status $?"
            """);
        var parts = result.Output.Split("====\n");
        Assert.Contains("→ 127.0.0.1:", parts[0], StringComparison.Ordinal);
        Assert.Contains("\n  GET /x HTTP/1.1\n", parts[0], StringComparison.Ordinal);
        Assert.Contains("\n  hello\n", parts[0], StringComparison.Ordinal);
        var lines = parts[1].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.All(lines[..4], static line => Assert.Matches(@"^([1-9]\d*) \1$", line));
        Assert.Equal(["from a pipe too", "status 2", "status 1"], lines[4..]);
    }

    [Fact]
    public async Task What_cannot_be_captured_is_said()
    {
        Skip();
        var result = await Sandbox.RunAsync("""
            fathom capture -i nope; echo "status $?"
            setpriv --reuid 65534 --regid 65534 --clear-groups --inh-caps=-all --bounding-set=-all fathom capture; echo "status $?"
            fathom capture -i lo -c 0; echo "status $?"
            fathom capture -i lo -w /nowhere/x.pcapng; echo "status $?"
            """);
        Assert.Equal(["status 2", "status 3", "status 2", "status 2"], result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        var errors = result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(4, errors.Length);
        Assert.Contains("there are lo, and any", errors[0], StringComparison.Ordinal);
        Assert.Contains("CAP_NET_RAW", errors[1], StringComparison.Ordinal);
    }

    private static void Skip()
    {
        Sandbox.SkipIfImpossible();
        FathomBinary.SkipIfAbsent();
        Assert.SkipUnless(File.Exists("/usr/bin/tshark") && File.Exists("/usr/bin/tcpdump"), "tshark and tcpdump are not installed.");
    }
}
