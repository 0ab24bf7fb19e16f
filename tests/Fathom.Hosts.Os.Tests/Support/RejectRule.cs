using System.Globalization;

namespace Fathom.Hosts.Os.Tests.Support;

/// <summary>A rule of nftables in a namespace's forward and output chains, taken off on disposal.</summary>
internal sealed class RejectRule : IDisposable
{
    private static int _count;
    private readonly NetworkNamespace _place;
    private readonly string _table;

    public RejectRule(NetworkNamespace place, string rule, string hook = "forward")
    {
        if (Shell.Try("nft", "--version").Status != 0) Assert.Skip("The program nft (nftables) is not installed.");
        _place = place;
        _table = string.Create(CultureInfo.InvariantCulture, $"fos{Interlocked.Increment(ref _count)}");
        place.Run($"nft add table inet {_table}");
        Shell.Run("ip", "netns", "exec", place.Name, "nft", $"add chain inet {_table} c {{ type filter hook {hook} priority 0; }}");
        Shell.Run("ip", "netns", "exec", place.Name, "nft", $"add rule inet {_table} c {rule}");
    }

    public void Dispose() => _place.Run($"nft delete table inet {_table}");
}
