using Fathom.Hosts.Transport;

namespace Fathom.Diagnosis.Transport;

/// <summary>What the connect stage shows.</summary>
internal static class ConnectReporting
{
    public static IReadOnlyList<Fact> Facts(Attempt? chosen, IReadOnlyList<Attempt> tried, TcpConnectionInfo? info)
    {
        var facts = new List<Fact>();
        if (chosen?.Connection is { } connection)
        {
            facts.Add(new Fact("remote", connection.Remote.ToString()));
            facts.Add(new Fact("local", connection.Local.ToString()));
        }

        if (info is not null)
        {
            if (info.SmoothedRoundTrip is { } trip) facts.Add(new Fact("roundTripMilliseconds", trip));
            if (info.SendMaximumSegmentSize is { } mss) facts.Add(new Fact("maximumSegmentSize", mss));
            if (info.Retransmissions is { } again) facts.Add(new Fact("retransmissions", again));
            if (info.PathMtu is { } mtu) facts.Add(new Fact("pathMtu", mtu));
        }

        facts.Add(new Fact("attempts", tried.Select(One).ToArray()));
        return facts;
    }

    private static IReadOnlyList<Fact> One(Attempt attempt) =>
    [
        new("remote", attempt.Outcome!.Remote.ToString()),
        new("result", attempt.Outcome.Result switch
        {
            ConnectResult.Connected => "connected",
            ConnectResult.Reset => "refused",
            ConnectResult.Unreachable => "unreachable",
            ConnectResult.TimedOut => "timeout",
            _ => "not tried",
        }),
        new("durationMilliseconds", attempt.Outcome.Duration),
    ];
}
