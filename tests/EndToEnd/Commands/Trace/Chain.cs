using System.Globalization;
using Fathom.EndToEnd.Worlds;

namespace Fathom.EndToEnd.Commands.Trace;

/// <summary>
/// A path of five routers, each a network namespace with the kernel's own limits on ICMP errors:
/// <code>client c ─ r1 ─ r2 ─ r3 ─ r4 ─ r5 ─ destination d</code>
/// Links 10.66.N.0/30 and fd66:N::/64, N from 0; the destination answers for all of 10.66.99.0/24 and for fd66:99::1.
/// Every test makes one of its own: what one spends of a router's limit must not be missing in the next.
/// </summary>
internal sealed class Chain : IAsyncDisposable
{
    public const string Destination = "10.66.99.1";
    public const string DestinationV6 = "fd66:99::1";
    public const int Routers = 5;

    private static int _made;
    private readonly string _prefix = $"{Leftovers.RunPrefix}z-{Interlocked.Increment(ref _made)}";

    private Chain()
    {
    }

    /// <summary>The address by which the N-th router answers, N from 1.</summary>
    public static string Router(int number) => $"10.66.{number - 1}.2";

    public static async Task<Chain> CreateAsync()
    {
        var chain = new Chain();
        try
        {
            (await Shell.RunAsync(["bash", "-euc", Sandbox.Waits + chain.Script()])).OrFail();
            return chain;
        }
        catch
        {
            await chain.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a shell command in a node: "c", "r1" to "r5", "d". `fathom` is the program that is tested.</summary>
    public Task<CommandResult> RunAsync(string node, string command, string? input = null)
        => Shell.RunAsync(
            ["ip", "netns", "exec", $"{_prefix}{node}", "bash", "-c", $"{Sandbox.Waits}fathom() {{ '{FathomBinary.File}' \"$@\"; }}\n{command}"],
            input,
            new Dictionary<string, string> { ["NO_COLOR"] = "1", ["COLUMNS"] = "100", ["LC_ALL"] = "C.UTF-8" },
            TimeSpan.FromSeconds(60));

    /// <summary>Runs `fathom` in the client until a shell command succeeds, for which its output is in $out; then interrupts it.</summary>
    public Task<CommandResult> RunUntilAsync(string arguments, string condition) => RunAsync("c", $$"""
        out=$(mktemp)
        '{{FathomBinary.File}}' {{arguments}} > "$out" & p=$!
        is_met() { {{condition}}; }
        until_true is_met
        kill -TERM $p; wait $p; s=$?; cat "$out"; rm "$out"; exit $s
        """);

    /// <summary>Changes a node; the command must succeed.</summary>
    public async Task ApplyAsync(string node, string command) => (await RunAsync(node, command)).OrFail();

    /// <summary>Adds an nftables rule to a chain of its own at a hook.</summary>
    public Task FilterAsync(string node, string hook, string rule)
        => ApplyAsync(node, $"nft 'table inet t {{ chain {hook} {{ type filter hook {hook} priority 0; {rule}; }}; }}'");

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes) await Leftovers.RemoveNamespaceAsync(_prefix + node);
    }

    private static IEnumerable<string> Nodes => ["c", .. Enumerable.Range(1, Routers).Select(static n => $"r{n}"), "d"];

    private string Script() => $$"""
        p={{_prefix}}; n={{Routers.ToString(CultureInfo.InvariantCulture)}}; nodes=(c $(seq -f 'r%g' $n) d)
        for x in "${nodes[@]}"; do
          ip netns add $p$x
          ip netns exec $p$x sysctl -qw net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1 net.ipv6.conf.default.accept_dad=0 net.ipv4.ping_group_range='0 2147483647'
          ip -n $p$x link set lo up
        done
        for i in $(seq 0 $n); do
          a=$p${nodes[i]} b=$p${nodes[i+1]}
          ip -n $a link add e$i type veth peer name w$i netns $b
          ip -n $a addr add 10.66.$i.1/30 dev e$i; ip -n $a addr add fd66:$i::1/64 dev e$i nodad; ip -n $a link set e$i up
          ip -n $b addr add 10.66.$i.2/30 dev w$i; ip -n $b addr add fd66:$i::2/64 dev w$i nodad; ip -n $b link set w$i up
          ip -n $a route add default via 10.66.$i.2; ip -n $a -6 route add default via fd66:$i::2
        done
        for i in $(seq 2 $n); do
          ip -n $p${nodes[i]} route add 10.66.0.0/30 via 10.66.$((i-1)).1
          ip -n $p${nodes[i]} -6 route add fd66:0::/64 via fd66:$((i-1))::1
        done
        ip -n ${p}d route add 10.66.0.0/30 via 10.66.$n.1; ip -n ${p}d -6 route add fd66:0::/64 via fd66:$n::1
        ip -n ${p}d route add local 10.66.99.0/24 dev lo; ip -n ${p}d -6 addr add fd66:99::1/128 dev lo nodad
        # A worker of the kernel's puts each address into the local table, some time after it was added.
        is_local() { ip -n $1 -6 route get $2 | grep -q '^local '; }
        for i in $(seq 0 $n); do until_true is_local $p${nodes[i]} fd66:$i::1; until_true is_local $p${nodes[i+1]} fd66:$i::2; done
        until_true is_local ${p}d fd66:99::1
        """;
}
