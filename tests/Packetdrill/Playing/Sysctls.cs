using System.Globalization;
using Fathom.Stack.Transport.Tcp;

namespace Packetdrill.Playing;

/// <summary>Linux's kernel parameters, as settings of the stack.</summary>
internal static class Sysctls
{
    // Parameters whose value changes nothing that this stack does: accounting, pacing and caches that it does not have.
    private static readonly HashSet<string> WithoutEffect = new(StringComparer.Ordinal)
    {
        "tcp_fack", "tcp_tso_win_divisor", "tcp_min_tso_segs", "tcp_pacing_ss_ratio", "tcp_pacing_ca_ratio", "tcp_fastopen_key", "tcp_fastopen_blackhole_timeout_sec",
        "tcp_no_metrics_save", "tcp_limit_output_bytes", "tcp_min_rtt_wlen", "tcp_moderate_rcvbuf", "tcp_autocorking", "tcp_low_latency", "tcp_mem", "tcp_max_orphans",
        "tcp_reflect_tos", "tcp_l3mdev_accept", "tcp_child_ehash_entries", "tcp_available_ulp", "tcp_tso_rtt_log", "tcp_plb_enabled", "tcp_early_demux", "tcp_migrate_req",
        "tcp_abort_on_overflow", "tcp_thin_linear_timeouts", "tcp_thin_dupack", "tcp_retrans_collapse", "tcp_stdurg", "tcp_workaround_signed_windows", "tcp_probe_interval", "tcp_probe_threshold",
        "tcp_comp_sack_nr", "tcp_comp_sack_delay_ns", "tcp_comp_sack_slack_ns", "tcp_backlog_ack_defer", "tcp_tw_reuse", "tcp_max_reordering", "ip_local_port_range", "somaxconn", "tcp_max_tw_buckets",
    };

    /// <summary>Sets a parameter.</summary>
    /// <returns>Why that cannot be done; null if it was.</returns>
    public static string? Apply(string name, string value, Configuration configuration)
    {
        var shortName = name[(name.LastIndexOf('.') + 1)..];
        if (WithoutEffect.Contains(shortName) || name.StartsWith("net.mptcp.", StringComparison.Ordinal)) return null;
        var tcp = configuration.Tcp;
        if (shortName == "tcp_congestion_control")
        {
            if (value is not ("cubic" or "reno")) return $"the congestion control {value}";
            configuration.Tcp = tcp with { CongestionAlgorithm = value == "reno" ? TcpCongestionAlgorithm.Reno : TcpCongestionAlgorithm.Cubic };
            return null;
        }

        long[] numbers = [.. value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(static v => NumberOf(v) ?? long.MinValue)];
        if (numbers.Length == 0 || numbers.Contains(long.MinValue)) return $"{name}={value}";
        var number = numbers[0];
        switch (shortName)
        {
            case "tcp_wmem" when numbers.Length == 3:
                configuration.SendSpace = new SendSpace { Limit = (int)numbers[1], MaximumLimit = (int)numbers[2] };
                return null;
            case "tcp_notsent_lowat":
                configuration.NotSentLowWatermark = number is 0 or >= int.MaxValue ? null : (int)number;
                return null;
            case "tcp_rmem" when numbers.Length == 3:
                // Linux announces half of the buffer: the rest is for its own records.
                configuration.Tcp = tcp with { InitialReceiveBuffer = (int)Math.Min(65_535, numbers[1] / 2), MaximumReceiveBuffer = (int)Math.Max(numbers[1] / 2, numbers[2]) };
                return null;
        }

        if (Change(tcp, shortName, number) is not { } changed) return $"{name}={value}";
        configuration.Tcp = changed;
        return null;
    }

    private static TcpSettings? Change(TcpSettings tcp, string name, long number) => (name, number) switch
    {
        ("tcp_ecn", >= 0 and <= 2) => tcp with { Ecn = number switch { 0 => TcpEcnMode.Off, 1 => TcpEcnMode.Ask, _ => TcpEcnMode.WhenAsked } },
        ("tcp_sack", _) => tcp with { UseSelectiveAcknowledgment = number != 0 },
        ("tcp_timestamps", 0 or 1 or 2) => tcp with { UseTimestamps = number != 0 },
        ("tcp_window_scaling", _) => tcp with { UseWindowScale = number != 0 },
        ("tcp_dsack", 1) => tcp,
        ("tcp_reordering", 3) => tcp,
        ("tcp_frto", _) => tcp with { UseForwardRto = number != 0 },
        ("tcp_recovery", 0 or 1) => tcp with { UseRack = number != 0 },
        ("tcp_early_retrans", 0 or 3 or 4) => tcp with { UseTailLossProbe = number != 0 },
        ("tcp_slow_start_after_idle", _) => tcp with { RestartAfterIdle = number != 0 },
        ("tcp_syncookies", 0) => tcp with { SynCookies = TcpCookieMode.Never },
        ("tcp_syncookies", 1) => tcp with { SynCookies = TcpCookieMode.WhenFull },
        ("tcp_syncookies", 2) => tcp with { SynCookies = TcpCookieMode.Always },
        ("tcp_mtu_probing", >= 0 and <= 2) => tcp with { MtuProbing = (TcpMtuProbing)number },
        ("tcp_base_mss", > 0 and < 65_536) => tcp with { MtuProbingBase = (int)number },
        ("tcp_syn_retries", > 0 and < 256) => tcp with { SynRetries = (int)number },
        ("tcp_synack_retries", > 0 and < 256) => tcp with { SynAckRetries = (int)number },
        ("tcp_retries2", > 0 and < 256) => tcp with { Retries = (int)number },
        ("tcp_retries1", 3) => tcp,
        ("tcp_orphan_retries", >= 0 and < 256) => tcp with { OrphanRetries = number == 0 ? 8 : (int)number },
        ("tcp_tw_reuse_delay", > 0 and < 86_400_000) => tcp with { TimeWaitReuseDelay = TimeSpan.FromMilliseconds(number) },

        // Each connection is told to use it, and is not applicable then; but for 0x400, with which every listener does.
        ("tcp_fastopen", >= 0) when (number & 0x400) == 0 => tcp,
        ("hystart", 0 or 1) => tcp with { UseHyStart = number == 1 },
        ("tcp_fin_timeout", > 0) => tcp with { FinWait2Timeout = TimeSpan.FromSeconds(number) },
        ("tcp_rto_max_ms", >= 1000) => tcp with { MaximumRetransmissionTimeout = TimeSpan.FromMilliseconds(number) },
        ("tcp_rto_min_us", > 0) => tcp with { MinimumRetransmissionVariance = TimeSpan.FromMicroseconds(number) },
        ("tcp_invalid_ratelimit", >= 0) => tcp with { InvalidAckInterval = TimeSpan.FromMilliseconds(number) },
        ("tcp_challenge_ack_limit", > 0 and < int.MaxValue) => tcp with { ChallengeAcksPerSecond = (int)number },
        ("tcp_challenge_ack_limit", >= int.MaxValue) => tcp with { ChallengeAcksPerSecond = int.MaxValue },
        ("tcp_max_syn_backlog", > 0) => tcp with { MaximumHalfOpen = (int)number },
        _ => null,
    };

    private static long? NumberOf(string text)
    {
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)) return long.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex) ? hex : null;
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
