namespace Fathom.Testing;

/// <summary>
/// Runs a bash script in a network namespace of its own that has nothing but loopback: every port is free, every
/// run sees the same network, and nothing leaves it. The namespace ends with the script's last process.
/// </summary>
internal static class Sandbox
{
    private static readonly TimeSpan DefaultLimit = TimeSpan.FromMinutes(2);

    /// <summary>Shell functions for scripts that wait.</summary>
    // until_true COMMAND waits, bounded, until the command succeeds; until_listening PORT [udp], until something listens. The script then goes on
    // at once. until_usable ADDRESS… waits for IPv6 addresses that were added with "nodad": the kernel takes packets to one only when a worker of its own
    // has put its route into the local table, some time after `ip address add` has ended (addrconf_dad_work). The bound is for what will never come: a program that is read from a cold disk on a busy machine takes seconds to start.
    public const string Waits = """
        until_true() {
            local end=$((SECONDS + 30))
            until "$@" 2> /dev/null; do [ $SECONDS -lt $end ] || { echo "never came true: $*" >&2; return 1; }; sleep 0.02; done
        }
        listens() { [ -n "$(ss -Hnl $2 "sport = :$1")" ]; }
        until_listening() {
            local kind=-t; [ "${2:-}" = udp ] && kind=-u
            until_true listens "$1" $kind
        }
        is_usable() { ip -6 route show table local | grep -q "^local $1 "; }
        until_usable() { local address; for address; do until_true is_usable "$address"; done; }
        export -f until_true listens until_listening is_usable until_usable

        """;

    /// <summary>Skips the running test where no namespace can be made.</summary>
    public static void SkipIfImpossible()
        => Assert.SkipUnless(OperatingSystem.IsLinux() && NativeMethods.EffectiveUser() == 0, "A network namespace needs Linux and root.");

    /// <summary>Runs the script; `fathom` in it is the program that is tested.</summary>
    /// <param name="script">Bash.</param>
    /// <param name="input">Standard input, or null for none.</param>
    /// <param name="limit">When the script counts as hung.</param>
    public static async Task<CommandResult> RunAsync(string script, string? input = null, TimeSpan? limit = null)
    {
        // By PATH, not by a function: what runs in the background is then the program itself, which ends when it is killed.
        var fathom = FathomBinary.File is { } file ? $"PATH='{Path.GetDirectoryName(file)}':$PATH\n" : string.Empty;
        var environment = new Dictionary<string, string> { ["NO_COLOR"] = "1", ["COLUMNS"] = "80", ["LC_ALL"] = "C.UTF-8", ["TZ"] = "UTC" };
        // When the script ends, so does all that it left running in its process group.
        var whole = "ip link set lo up\n" + Waits + fathom + "trap 'kill $(jobs -p) 2>/dev/null; wait 2>/dev/null' EXIT\n" + script;
        return await Shell.RunAsync(["unshare", "-n", "bash", "-c", whole], input, environment, limit ?? DefaultLimit);
    }
}
