using System.Diagnostics;
using Fathom.EndToEnd.Cases;
using Fathom.EndToEnd.Worlds;

namespace Fathom.EndToEnd.Checks;

/// <summary>Runs `fathom` inside the client of a world.</summary>
internal sealed class FathomRunner(World world, string program)
{
    // The longest check waits for an answer that never comes, once or twice: half a minute is a hang.
    private static readonly TimeSpan HangLimit = TimeSpan.FromSeconds(45);

    private static readonly string[] DropEverything =
    [
        "setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", "--bounding-set=-all", "--inh-caps=-all", "--no-new-privs",
    ];

    /// <summary>One check with the document as output.</summary>
    public async Task<CheckRun> CheckAsync(Privilege privilege, string target)
    {
        var result = await RunAsync(privilege, ["check", target, "--output", "json"]);
        return new CheckRun(result, CheckDocument.Parse(result));
    }

    public async Task<CommandResult> RunAsync(
        Privilege privilege, IReadOnlyList<string> arguments, string? input = null, Action<Process>? started = null)
    {
        await SetPingAsync(privilege == Privilege.NobodyWithPing);
        return await Shell.RunAsync(CommandLine(privilege, arguments), input, Environment, HangLimit, started);
    }

    public IReadOnlyList<string> CommandLine(Privilege privilege, IReadOnlyList<string> arguments) =>
    [
        "ip", "netns", "exec", world.NamespaceOf(Node.Client),
        .. privilege == Privilege.Root ? [] : DropEverything,
        program, .. arguments,
    ];

    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>(world.Environment)
    {
        // The heap of a command that looks at one target. What hostile servers send without end must not be kept.
        ["DOTNET_GCHeapHardLimit"] = "0x10000000",
        ["NO_COLOR"] = "1",
    };

    // The kernel's own default of a new namespace allows nobody; distributions allow everybody.
    private async Task SetPingAsync(bool allowed) =>
        await world.ApplyAsync(new Step(Node.Client, $"sysctl -qw 'net.ipv4.ping_group_range={(allowed ? "0 2147483647" : "1 0")}'"));
}
