using System.Globalization;

namespace Fathom.Hosts.Os.Tests.Support;

/// <summary>A network namespace of this test run's own. It is deleted with its interfaces on disposal.</summary>
internal sealed class NetworkNamespace : IDisposable
{
    private static readonly Lazy<string?> FoundObstacle = new(FindObstacle);
    private static int _count;

    public NetworkNamespace()
    {
        SkipWithoutPrivilege();
        Name = NewName();
        Shell.Run("ip", "netns", "add", Name);
        Run("ip link set lo up");
    }

    public string Name { get; }

    /// <summary>Why no namespace can be made here; null where one can.</summary>
    public static string? Obstacle => FoundObstacle.Value;

    /// <summary>Skips the running test where namespaces cannot be made.</summary>
    public static void SkipWithoutPrivilege()
    {
        if (Obstacle is { } reason) Assert.Skip(reason);
    }

    /// <summary>Runs a command line in the namespace; words are separated by single blanks.</summary>
    public string Run(string command) => Shell.Run("ip", ["netns", "exec", Name, .. command.Split(' ')]);

    /// <summary>
    /// Waits until packets to an IPv6 address are taken: the kernel puts its route into the local table when a worker of its own comes to it, some time after
    /// <c>ip addr add</c> has ended.
    /// </summary>
    public void WaitUntilUsable(string address) => WaitUntil($"ip -6 route show table local | grep -q '^local {address} '");

    /// <summary>
    /// Waits until an interface speaks from its link-local address: before duplicate address detection has ended, after a second or two, the kernel speaks from another one, or not at all.
    /// </summary>
    public void WaitUntilLinkLocal(string device) => WaitUntil($"ip -6 address show dev {device} scope link -tentative | grep -q inet6");

    /// <summary>Waits until a shell command succeeds; half a minute is for what never comes.</summary>
    public void WaitUntil(string condition)
        => Shell.Run("ip", "netns", "exec", Name, "sh", "-c", $"for i in $(seq 1500); do {condition} && exit 0; sleep 0.02; done; echo 'never came true: {condition.Replace("'", string.Empty, StringComparison.Ordinal)}' >&2; exit 1");

    /// <summary>Runs an asynchronous action on a thread inside the namespace; all its continuations run there too.</summary>
    /// <param name="action">The action.</param>
    /// <param name="user">The user that the thread becomes first, without capabilities; null to stay root.</param>
    public Task RunAsync(Func<Task> action, uint? user = null)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            try
            {
                Syscalls.EnterNetwork("/run/netns/" + Name);
                if (user is { } id) Syscalls.BecomeUser(id);
                using var pump = new PumpContext();
                pump.Run(action);
                done.SetResult();
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        })
        { IsBackground = true, Name = Name }.Start();
        return done.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    public void Dispose() => Shell.Try("ip", "netns", "delete", Name);

    private static string NewName() => string.Create(CultureInfo.InvariantCulture, $"fos-{Environment.ProcessId}-{Interlocked.Increment(ref _count)}");

    private static string? FindObstacle()
    {
        if (!OperatingSystem.IsLinux()) return "Network namespaces are Linux's.";
        if (Syscalls.EffectiveUser() != 0) return "Making a network namespace needs root.";
        var name = NewName();
        var (status, _, errors) = Shell.Try("ip", "netns", "add", name);
        if (status == 0) Shell.Try("ip", "netns", "delete", name);
        return status == 0 ? null : "No network namespace can be made: " + errors.Trim();
    }
}
