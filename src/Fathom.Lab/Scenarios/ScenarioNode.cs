using System.Globalization;
using Fathom.Lab.Link;
using Fathom.Wire.Application.Dns;
using Fathom.Wire.Internet;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Fathom.Lab.Scenarios;

/// <summary>A node of the YAML tree, read by hand: what is not understood is refused with its place, and nothing is looked up by reflection.</summary>
internal readonly struct ScenarioNode(YamlNode node)
{
    // As long as a label of the DNS (RFC 1035 §2.3.4).
    private const int LongestLabel = 63;

    /// <summary>Where it begins.</summary>
    public ScenarioPlace Place => new((int)node.Start.Line, (int)node.Start.Column);

    public ScenarioException Refuse(string reason) => new(Place, reason);

    /// <summary>The entries of a mapping, in their order.</summary>
    public IEnumerable<(ScenarioNode Key, string Name, ScenarioNode Value)> Entries()
    {
        if (node is YamlScalarNode { Value: null or "" }) yield break;
        if (node is not YamlMappingNode mapping) throw Refuse($"expected names with values (name: value), not {(node is YamlSequenceNode ? "a list" : $"'{Text()}' alone")}");
        foreach (var (key, value) in mapping.Children)
        {
            var name = new ScenarioNode(key);
            yield return (name, name.Text(), new ScenarioNode(value));
        }
    }

    /// <summary>The items of a list; a single value counts as a list of one.</summary>
    public IEnumerable<ScenarioNode> Items()
    {
        if (node is YamlScalarNode { Value: null or "" }) yield break;
        if (node is YamlScalarNode or YamlMappingNode)
        {
            yield return this;
            yield break;
        }

        foreach (var item in (YamlSequenceNode)node) yield return new ScenarioNode(item);
    }

    /// <summary>Where a line of its text stands, from 1: those of a block begin behind its "|"; any other text is one place.</summary>
    public ScenarioPlace PlaceOf(int line) => node is YamlScalarNode { Style: ScalarStyle.Literal } ? new ScenarioPlace(Place.Line + line, 0) : Place;

    /// <summary>It is a single value: no list, no names with values.</summary>
    public bool IsWord => node is YamlScalarNode { Value: { Length: > 0 } };

    /// <summary>It is the word "auto": it is to be worked out.</summary>
    public bool IsAuto() => node is YamlScalarNode { Value: "auto" };

    public string Text() => node is YamlScalarNode { Value: { } text } ? text : throw Refuse("expected a word or a number");

    public bool Flag() => Text() switch
    {
        "true" or "yes" => true,
        "false" or "no" => false,
        var other => throw Refuse($"'{other}': expected true or false"),
    };

    public int Number(int least, int most)
        => int.TryParse(Text(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw Refuse(string.Create(CultureInfo.InvariantCulture, $"'{Text()}': expected a number from {least} to {most}"));

    public IpAddress Address() => IpAddress.TryParse(Text(), out var address) ? address : throw Refuse($"'{Text()}' is not an IP address");

    public IpPrefix Prefix()
    {
        if (Text() == "default") throw Refuse("write 0.0.0.0/0 or ::/0");
        if (IpPrefix.TryParse(Text(), out var prefix, out var error)) return prefix;
        throw Refuse($"'{Text()}' is not a prefix (198.51.100.0/24): {error.Detail}");
    }

    /// <summary>An address with the length of its prefix: "192.0.2.1/24".</summary>
    public (IpAddress Address, int Length) AddressOnPrefix()
    {
        var text = Text();
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash > 0 && IpAddress.TryParse(text.AsSpan(0, slash), out var address)
            && int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length <= address.BitLength)
        {
            return IpHosts.WhyNobodys(address, new IpPrefix(address, length)) is { } reason ? throw Refuse($"'{text}' is no address that one host can have on a link: {reason}") : (address, length);
        }

        throw Refuse($"'{text}': expected an address with the length of its prefix, 192.0.2.1/24");
    }

    /// <summary>A name that is shown and typed: letters, digits, hyphens and underscores.</summary>
    /// <param name="what">Whose name it is, for a message.</param>
    public string Label(string what)
    {
        var text = Text();
        return text.Length is > 0 and <= LongestLabel && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? text : throw Refuse($"'{text}': {what}'s name has letters, digits, hyphens and underscores, up to {LongestLabel}");
    }

    /// <summary>A name in the DNS, or an address: what a certificate is for.</summary>
    public string ServerName()
    {
        var text = Text();
        return IpAddress.TryParse(text, out _) || (DnsName.TryParse(text, out _, out _) && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '*')) ? text : throw Refuse($"'{text}' is neither a domain name nor an address");
    }

    /// <summary>"10ms", "1.5s", "200us".</summary>
    public TimeSpan Duration()
    {
        var text = Text();
        var (unit, ticks) = text switch
        {
            _ when text.EndsWith("us", StringComparison.Ordinal) => (2, TimeSpan.TicksPerMicrosecond),
            _ when text.EndsWith("ms", StringComparison.Ordinal) => (2, TimeSpan.TicksPerMillisecond),
            _ when text.EndsWith('s') => (1, TimeSpan.TicksPerSecond),
            _ => (0, 0),
        };
        if (unit > 0 && decimal.TryParse(text.AsSpan(0, text.Length - unit), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value <= 86_400) return TimeSpan.FromTicks((long)(value * ticks));
        throw Refuse($"'{text}': expected a time with its unit: 10ms, 1.5s, 200us");
    }

    /// <summary>"100mbit", "1gbit", "56kbit": bits a second.</summary>
    public long Rate()
    {
        var text = Text();
        long unit = text switch
        {
            _ when text.EndsWith("kbit", StringComparison.Ordinal) => 1_000,
            _ when text.EndsWith("mbit", StringComparison.Ordinal) => 1_000_000,
            _ when text.EndsWith("gbit", StringComparison.Ordinal) => 1_000_000_000,
            _ => 0,
        };
        if (unit > 0 && decimal.TryParse(text.AsSpan(0, text.Length - 4), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value * unit >= 1 && value <= 1_000_000) return (long)(value * unit);
        throw Refuse($"'{text}': expected a rate with its unit: 56kbit, 100mbit, 1gbit");
    }

    /// <summary>"64kB", "1MB", "1500B".</summary>
    public int Size()
    {
        var text = Text();
        var (length, unit) = text switch
        {
            _ when text.EndsWith("kB", StringComparison.Ordinal) => (2, 1_000),
            _ when text.EndsWith("MB", StringComparison.Ordinal) => (2, 1_000_000),
            _ when text.EndsWith('B') => (1, 1),
            _ => (0, 0),
        };
        if (unit > 0 && decimal.TryParse(text.AsSpan(0, text.Length - length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value * unit <= int.MaxValue) return (int)(value * unit);
        throw Refuse($"'{text}': expected a size with its unit: 1500B, 64kB, 1MB");
    }

    /// <summary>"2%".</summary>
    public double Share()
    {
        var text = Text();
        if (text.EndsWith('%') && decimal.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value <= 100) return (double)(value / 100);
        throw Refuse($"'{text}': expected a share from 0% to 100%");
    }

    /// <summary>Refuses a name that is none of those known here, which are named.</summary>
    public ScenarioException Unknown(string name, params ReadOnlySpan<string> known)
        => Refuse($"'{name}' is not known here; there are {string.Join(", ", known.ToArray())}");

    /// <summary>The keys of a link's settings, for a message.</summary>
    public static readonly string[] LinkKeys = ["rate", "delay", "jitter", "loss", "burst-loss", "reorder", "reorder-delay", "duplicate", "corrupt", "mtu", "queue", "discipline", "down"];

    /// <summary>Takes one of a link's settings; null if the name is none.</summary>
    public LinkSettings? WithSetting(LinkSettings settings, string name) => name switch
    {
        "rate" => settings with { Rate = Rate() },
        "delay" => settings with { Delay = Duration() },
        "jitter" => settings with { Jitter = Duration() },
        "loss" => settings with { Loss = Share() },
        "burst-loss" => settings with { BurstLoss = Burst() },
        "reorder" => settings with { Reorder = Share() },
        "reorder-delay" => settings with { ReorderDelay = Duration() },
        "duplicate" => settings with { Duplicate = Share() },
        "corrupt" => settings with { Corrupt = Share() },
        "mtu" => settings with { Mtu = Number(68, 65_535) },
        "queue" => settings with { QueueOctets = Size() },
        "discipline" => settings with { Discipline = Discipline() },
        "down" => settings with { IsDown = Flag() },
        _ => null,
    };

    private QueueDiscipline Discipline() => Text() switch
    {
        "drop-tail" => QueueDiscipline.DropTail,
        "codel" => QueueDiscipline.CoDel,
        var other => throw Refuse($"'{other}': expected drop-tail or codel"),
    };

    private BurstLoss Burst()
    {
        var burst = new BurstLoss(0, 1);
        foreach (var (key, name, value) in Entries())
        {
            burst = name switch
            {
                "begin" => burst with { Begin = value.Share() },
                "end" => burst with { End = value.Share() },
                "loss" => burst with { LossWhileBad = value.Share() },
                _ => throw key.Unknown(name, "begin", "end", "loss"),
            };
        }

        return burst;
    }
}
