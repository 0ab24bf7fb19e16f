using System.Globalization;
using Fathom.Wire.Internet;
using Packetdrill.Language;

namespace Packetdrill.Playing;

/// <summary>What a script's option lines say.</summary>
internal sealed record ScriptOptions
{
    // The language's own: its authors play scripts against kernels with timers of some milliseconds.
    private static readonly TimeSpan DefaultTolerance = TimeSpan.FromMicroseconds(4000);

    // Of the time since the event before, in per cent.
    private const double DefaultTolerancePercent = 12.5;

    // packetdrill's own driver of whole directories gives IPv6 scripts 20 octets more, so that the segment size is that of IPv4.
    private const int MtuV4 = 1500;
    private const int MtuV6 = 1520;

    private TimeSpan? _tolerance;
    private double _tolerancePercent = DefaultTolerancePercent;

    public bool IsV6 { get; private init; }

    public bool IsStrict { get; private init; }

    public TimeSpan? TimestampTick { get; private init; }

    public ushort BindPort { get; private init; } = 8080;

    public ushort ConnectPort { get; private init; } = 8080;

    public int Mtu { get; private init; } = MtuV4;

    public IpAddress Local { get; private init; } = IpAddress.Parse("192.168.0.1");

    public IpAddress Remote { get; private init; } = IpAddress.Parse("192.0.2.1");

    /// <summary>What the script, or the language, allows an event that happened some time after the one before.</summary>
    public TimeSpan ToleranceOf(TimeSpan gap)
    {
        var relative = gap * (_tolerancePercent / 100);
        var least = _tolerance ?? DefaultTolerance;
        return relative > least ? relative : least;
    }

    /// <summary>Reads the options. False with the reason where one asks for what is not there.</summary>
    public static bool TryRead(IReadOnlyList<ScriptOption> lines, out ScriptOptions options, out int line, out string reason)
    {
        options = new ScriptOptions();
        reason = "";
        line = 0;

        // The version comes first: addresses depend on it.
        if (lines.LastOrDefault(static l => l.Name == "ip_version") is { } version)
        {
            line = version.Line;
            if (version.Value == "ipv6") options = options with { IsV6 = true, Mtu = MtuV6, Local = IpAddress.Parse("fd3d:fa7b:d17d::1"), Remote = IpAddress.Parse("2001:db8::1") };
            else if (version.Value is not ("ipv4" or "ipv4-mapped-ipv6")) reason = $"--ip_version={version.Value}";
        }

        foreach (var option in lines)
        {
            if (reason.Length > 0) return false;
            line = option.Line;
            options = Read(options, option, out reason);
        }

        return reason.Length == 0;
    }

    private static ScriptOptions Read(ScriptOptions options, ScriptOption option, out string reason)
    {
        reason = "";
        var isNumber = int.TryParse(option.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        var isAddress = IpAddress.TryParse(option.Value, out var address) && address.IsV6 == options.IsV6;
        switch (option.Name)
        {
            case "ip_version" or "define" or "D" or "debug" or "verbose" or "v" or "non_fatal" or "init_scripts" or "send_omit_free" or "speed" or "persistent_tun_dev" or "dry_run":
            case "code_command" or "code_format" or "code_sockopt": // code blocks are read as the part of Python that they use, whoever would run them
            case "gateway_ip" or "netmask_ip" or "remote_ip_prefix" or "local_linklocal_ip" or "remote_linklocal_ip":
                return options;
            case "mss" when isNumber:
                // How large the segments are that a device put together to a packet that is injected: what an offload may do is all the same to the endpoint.
                return options;
            case "strict_segments":
                return options with { IsStrict = true };
            case "tolerance_usecs" when isNumber:
                return options with { _tolerance = TimeSpan.FromMicroseconds(number) };
            case "tolerance_percent" when double.TryParse(option.Value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && percent <= 100:
                return options with { _tolerancePercent = percent };
            case "tcp_ts_tick_usecs" when isNumber:
                return options with { TimestampTick = TimeSpan.FromMicroseconds(number) };
            case "bind_port" when isNumber && number <= ushort.MaxValue:
                return options with { BindPort = (ushort)number };
            case "connect_port" when isNumber && number <= ushort.MaxValue:
                return options with { ConnectPort = (ushort)number };
            case "mtu" when isNumber && number is >= 68 and <= 65_535:
                return options with { Mtu = number };
            case "local_ip" when isAddress:
                return options with { Local = address };
            case "remote_ip" when isAddress:
                return options with { Remote = address };
        }

        reason = $"--{option.Name}{(option.Value is null ? "" : "=" + option.Value)} is not known to this runner";
        return options;
    }
}
