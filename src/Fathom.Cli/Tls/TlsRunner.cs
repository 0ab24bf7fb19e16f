using Fathom.Cli.Commands;
using Fathom.Diagnosis.Targets;
using Fathom.Probes;
using Fathom.Probes.Application.Dns;
using Fathom.Probes.Application.Tls;
using Fathom.Wire.Internet;

namespace Fathom.Cli.Tls;

/// <summary>Inspects one target after another and writes what was seen.</summary>
internal sealed class TlsRunner(CommandRun run, TlsRequest request)
{
    /// <summary>Inspects one target.</summary>
    /// <param name="target">The target.</param>
    /// <param name="isList">One of many: one line for it.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The exit status.</returns>
    public async Task<int> RunAsync(CheckTarget target, bool isList, CancellationToken cancellation)
    {
        var name = request.ServerName ?? target.Host;
        var options = new TlsInspectionOptions(request.Handshake with { ServerName = name.Length == 0 ? null : name })
        {
            Version = request.Version,
            ExpectedName = name.Length == 0 ? target.Host : name,
            Anchors = request.Anchors,
            StartTls = request.StartTls,
            TryResumption = request.Resume,
            SurveyVersions = request.Versions,
            SurveySuites = request.Suites,
        };
        var port = PortOf(target);
        var context = ProbeContext.WithoutCapture(run.Host);
        TlsInspection inspection;
        try
        {
            inspection = await TlsInspector.RunAsync(context, target.ScopedHost, port, options, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return run.Complain($"{target.Host}:{port}: interrupted before the server was judged", ExitStatus.Unknown);
        }

        if (inspection.Lookup is HostLookupOutcome.Wrong wrong) return run.Refuse(wrong.Reason);
        var verdict = TlsVerdict.Of(inspection);
        if (!run.IsText) run.WriteJson("fathom.tls/1", writer => TlsJson.Write(writer, inspection, verdict, run.Host.Time.GetUtcNow()));
        else if (isList) run.Output.WriteLine(TlsReport.Line(inspection, verdict, run.Host.Time.GetUtcNow()));
        else WriteText(inspection, verdict, name);
        return verdict.Status;
    }

    // 443 is the parser's own word where the target names no port.
    private ushort PortOf(CheckTarget target)
        => request.StartTls is { } protocol && target.Port == 443 && !target.Text.Contains(":443", StringComparison.Ordinal) ? StartTls.PortOf(protocol) : target.Port;

    private void WriteText(TlsInspection inspection, TlsVerdict verdict, string name)
    {
        foreach (var part in TlsReport.Full(inspection, verdict, run.Host.Time.GetUtcNow())) run.Console.Write(part);
        if (request.ShowCertificates)
        {
            foreach (var certificate in inspection.Handshake?.PeerChain ?? [])
            {
                run.Output.WriteLine();
                run.Output.WriteLine(System.Security.Cryptography.PemEncoding.WriteString("CERTIFICATE", certificate.Der.Span));
            }
        }

        var where = inspection.Authority;
        string[] equivalents = [$"openssl s_client -connect {where}{(name.Length == 0 || IpAddress.TryParse(name, out _) ? string.Empty : $" -servername {name}")}{(request.StartTls is { } protocol ? " -starttls " + protocol.ToString().ToLowerInvariant() : string.Empty)} -showcerts -status </dev/null", .. request.StartTls is null ? (string[])[$"curl -v https://{where}/"] : []];
        run.WriteAside(TlsReport.Explain(inspection, verdict), equivalents);
    }
}
