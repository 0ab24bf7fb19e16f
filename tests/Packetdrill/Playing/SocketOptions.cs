using Fathom.Stack.Transport.Tcp;

namespace Packetdrill.Playing;

/// <summary>Socket options that were set; null: not set.</summary>
internal sealed record SocketOptions
{
    public bool NoDelay { get; init; }

    public bool Cork { get; init; }

    public int? MaximumSegmentSize { get; init; }

    public TimeSpan? UserTimeout { get; init; }

    public bool KeepAlive { get; init; }

    public TcpKeepAlive KeepAliveTimes { get; init; } = TcpKeepAlive.Default;

    public int? NotSentLowWatermark { get; init; }

    public byte? TrafficClass { get; init; }

    public byte? HopLimit { get; init; }

    public long? MtuDiscover { get; init; }

    public long? Linger { get; init; }

    public int? ReceiveBuffer { get; init; }

    public TcpCongestionAlgorithm? Congestion { get; init; }

    public int? SynRetries { get; init; }

    /// <summary>The ports that connect() may choose from; 0: the system's limit.</summary>
    public ushort FirstPort { get; init; }

    public ushort LastPort { get; init; }

    /// <summary>The settings of a connection that is about to be made.</summary>
    public TcpSettings Over(TcpSettings settings) => settings with
    {
        NoDelay = NoDelay,
        UserTimeout = UserTimeout ?? settings.UserTimeout,
        KeepAlive = KeepAlive ? KeepAliveTimes : settings.KeepAlive,
        HopLimit = HopLimit ?? settings.HopLimit,
        CongestionAlgorithm = Congestion ?? settings.CongestionAlgorithm,
        SynRetries = SynRetries ?? settings.SynRetries,
        FirstClientPort = FirstPort != 0 ? FirstPort : settings.FirstClientPort,
        LastClientPort = LastPort != 0 ? LastPort : settings.LastClientPort,

        // Linux announces half of what it keeps: the rest is for its own records.
        InitialReceiveBuffer = ReceiveBuffer ?? settings.InitialReceiveBuffer,
        MaximumReceiveBuffer = ReceiveBuffer ?? settings.MaximumReceiveBuffer,
    };
}
