using System.Globalization;
using Fathom.Lab.Link;
using Fathom.Lab.Scenarios;

namespace Fathom.Cli.Labs;

/// <summary>What a link does, in few words.</summary>
internal static class LinkText
{
    /// <summary>One direction: "100 Mbit/s, 4 ms, 2 % lost".</summary>
    public static string Of(LinkSettings settings)
    {
        var words = new List<string>();
        if (settings.IsDown) words.Add("down");
        if (settings.Rate > 0) words.Add(Rate(settings.Rate));
        if (settings.Delay > TimeSpan.Zero) words.Add(Time(settings.Delay));
        if (settings.Jitter > TimeSpan.Zero) words.Add("jitter " + Time(settings.Jitter));
        if (settings.Loss > 0) words.Add(Share(settings.Loss) + " lost");
        if (settings.BurstLoss is not null) words.Add("bursts of loss");
        if (settings.Reorder > 0) words.Add(Share(settings.Reorder) + " overtaken");
        if (settings.Duplicate > 0) words.Add(Share(settings.Duplicate) + " twice");
        if (settings.Corrupt > 0) words.Add(Share(settings.Corrupt) + " damaged");
        if (settings.Mtu is { } mtu) words.Add("MTU " + mtu.ToString(CultureInfo.InvariantCulture));
        if (settings.Discipline == QueueDiscipline.CoDel) words.Add("CoDel");
        return words.Count == 0 ? "no delay, no limit" : string.Join(", ", words);
    }

    /// <summary>A cable of a scenario.</summary>
    public static string Of(LinkSpec link) => link.IsPointToPoint ? $"point-to-point, {Of(link.ToRight, link.ToLeft)}" : Of(link.ToRight, link.ToLeft);

    /// <summary>Both directions; the second is told where it differs.</summary>
    public static string Of(LinkSettings to, LinkSettings back) => to == back ? Of(to) : $"{Of(to)}; back {Of(back)}";

    private static string Rate(long bits) => bits switch
    {
        >= 1_000_000_000 => Figure(bits / 1e9) + " Gbit/s",
        >= 1_000_000 => Figure(bits / 1e6) + " Mbit/s",
        _ => Figure(bits / 1e3) + " kbit/s",
    };

    private static string Time(TimeSpan time) => time >= TimeSpan.FromSeconds(1) ? Figure(time.TotalSeconds) + " s" : Figure(time.TotalMilliseconds) + " ms";

    private static string Share(double share) => Figure(share * 100) + " %";

    private static string Figure(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
