namespace Fathom.Stack.Transport.Tcp;

/// <summary>Keep-alive probes of an idle connection (RFC 9293 §3.8.4).</summary>
/// <param name="Idle">How long nothing comes before the first probe; the default of a stack must be no less than two hours (MUST-28).</param>
/// <param name="Interval">How long each probe may go unanswered.</param>
/// <param name="Count">After how many unanswered probes the connection has ended.</param>
public readonly record struct TcpKeepAlive(TimeSpan Idle, TimeSpan Interval, int Count)
{
    /// <summary>Two hours, then nine probes 75 s apart: what most systems do.</summary>
    public static TcpKeepAlive Default => new(TimeSpan.FromHours(2), TimeSpan.FromSeconds(75), 9);
}
