using Fathom.EndToEnd.Commands.Sockets;

namespace Fathom.EndToEnd.Stack;

/// <summary>Runs scripts in which a host of Fathom's own stack is on a device of the namespace: 10.77.0.2 and fd77::2 there, 10.77.0.1 and fd77::1 the kernel's.</summary>
internal static class StackCommands
{
    // host_up ARGS…: the host on TUN ft0, with both ends' addresses; its output is in the file "up". tap_up: the same on TAP. host_down: ends it as Ctrl-C does.
    private const string Prelude = """
        is_up() { grep -q -e ' on T' -e '"event":"up"' up; }
        is_up_or_gone() { is_up || ! kill -0 $host; }
        start_host() {
            fathom host up "$@" --address 10.77.0.2/24 --peer-address 10.77.0.1/24 > up 2> up.err &
            host=$!
            until_true is_up_or_gone
            is_up || { echo "the host did not come up" >&2; cat up up.err >&2; return 1; }
            until_usable $(ip -6 -o address show scope global | awk '{ sub("/.*", "", $4); print $4 }')
        }
        host_up() { start_host --tun ft0 --address fd77::2/64 --peer-address fd77::1/64 "$@"; }
        tap_up() { start_host --tap ft0 --address fd77::2/64 --peer-address fd77::1/64 "$@"; }
        host_down() { kill -TERM $host; wait $host; echo "exit status $?"; }

        """;

    /// <summary>Runs a script.</summary>
    public static async Task<CommandResult> RunAsync(string script)
    {
        Sandbox.SkipIfImpossible();
        Assert.SkipUnless(File.Exists("/dev/net/tun"), "There is no /dev/net/tun here.");
        return await SocketCommands.RunAsync(Prelude + script);
    }
}
