using Fathom.Probes.Application;

namespace Fathom.Diagnosis.Transport;

/// <summary>The causes of a connection that opened and then broke: reset, closed too early, stalled.</summary>
internal static class StreamCauses
{
    /// <summary>The peer reset the open connection.</summary>
    public static Finding Reset(Stage stage, string when, IReadOnlyList<string> evidence)
        => new(Causes.TcpReset, Severity.Fail, stage, $"The connection opened, and was reset {when}.", evidence)
        {
            Fix = "Look at the server's log; a middlebox that forbids the traffic also resets connections.",
        };

    /// <summary>The peer closed before the exchange was complete.</summary>
    public static Finding ClosedEarly(Stage stage, string when, IReadOnlyList<string> evidence)
        => new(Causes.TcpClosedEarly, Severity.Fail, stage, $"The server closed the connection {when}.", evidence)
        {
            Fix = "Look at the server's log: the service ended, or refuses this client.",
        };

    /// <summary>The connection is open, and no data passes.</summary>
    public static Finding Stalled(Stage stage, string what, IReadOnlyList<string> evidence, bool mtuExcluded)
        => new(Causes.TcpStalled, Severity.Fail, stage, $"The connection is open, and no data passes: {what}.", evidence)
        {
            Confidence = mtuExcluded ? Confidence.Certain : Confidence.Likely,
            Fix = "Look at the server: its process accepts connections and does not answer.",
            Alternatives = mtuExcluded ? [] : [new Alternative(Causes.PathMtuBlackhole, "Connect again with a small maximum segment size; if that works, large packets vanish on the way.")],
        };

    /// <summary>The finding for a stream that failed in one of the ways above; null for another status.</summary>
    public static Finding? Of(ByteStreamStatus status, Stage stage, string when, IReadOnlyList<string> evidence) => status switch
    {
        ByteStreamStatus.Reset => Reset(stage, when, evidence),
        ByteStreamStatus.End or ByteStreamStatus.EndWithoutCloseNotify => ClosedEarly(stage, when, evidence),
        ByteStreamStatus.Failed => Stalled(stage, $"the connection was given up {when}", evidence, false),
        _ => null,
    };
}
