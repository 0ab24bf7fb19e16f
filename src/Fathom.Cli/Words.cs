using Fathom.Diagnosis;

namespace Fathom.Cli;

/// <summary>The contract's words for the values of the diagnosis.</summary>
internal static class Words
{
    public static string Of(Stage stage) => stage switch
    {
        Stage.Interface => "interface",
        Stage.Address => "address",
        Stage.Route => "route",
        Stage.Neighbor => "neighbor",
        Stage.Dns => "dns",
        Stage.Reach => "reach",
        Stage.Path => "path",
        Stage.Connect => "connect",
        Stage.Tls => "tls",
        Stage.Http => "http",
        Stage.Cookies => "cookies",
        _ => "close",
    };

    public static string Of(Layer layer) => layer switch
    {
        Layer.Link => "link",
        Layer.Internet => "internet",
        Layer.Transport => "transport",
        _ => "application",
    };

    public static string Of(StageStatus status) => status switch
    {
        StageStatus.Pass => "pass",
        StageStatus.Warn => "warn",
        StageStatus.Fail => "fail",
        StageStatus.Skipped => "skipped",
        _ => "unknown",
    };

    public static string Of(VerdictStatus status) => status switch
    {
        VerdictStatus.Works => "works",
        VerdictStatus.Degraded => "degraded",
        VerdictStatus.Broken => "broken",
        _ => "unknown",
    };

    public static string Of(Severity severity) => severity switch
    {
        Severity.Fail => "fail",
        Severity.Warn => "warn",
        _ => "info",
    };

    public static string Of(Confidence confidence) => confidence switch
    {
        Confidence.Certain => "certain",
        Confidence.Likely => "likely",
        _ => "possible",
    };

    /// <summary>"RepeatedLength" as "repeated-length": how names of values are written in JSON.</summary>
    public static string Kebab(string name) => string.Concat(name.Select(static (c, i) => char.IsAsciiLetterUpper(c) && i > 0 ? "-" + char.ToLowerInvariant(c) : char.ToLowerInvariant(c).ToString()));
}
