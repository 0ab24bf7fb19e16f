using Fathom.Diagnosis.Application;
using Fathom.Diagnosis.Application.Http;
using Fathom.Probes.Application;
using Fathom.Probes.Application.Http;
using Fathom.Probes.Application.Tls;

namespace Fathom.Diagnosis;

/// <content>The last two stages: cookies and close.</content>
internal sealed partial class CheckWalk
{
    private void ReportCookies(ExchangeResult exchange, bool usesTls)
    {
        if (exchange.Http is not HttpOutcome.Completed) return;
        var lines = exchange.Http.Head!.Fields.All("Set-Cookie").ToArray();
        if (lines.Length == 0)
        {
            _board.Skip(Stage.Cookies, "not needed: the response sets none");
            return;
        }

        var judged = CookieCauses.Judge(lines, _target, usesTls, _context.Host.Time.GetUtcNow(), exchange.HttpEvidence);
        _board.End(Stage.Cookies, StageStatus.Pass, judged.Summary, judged.Facts, judged.Findings);
    }

    private void ReportClose(ExchangeResult exchange)
    {
        if (exchange.Http is not (null or HttpOutcome.Completed) || exchange.Tls is not (null or TlsOutcome.Completed)) return;
        var close = (exchange.Http as HttpOutcome.Completed)?.Close;
        var findings = new List<Finding>();
        switch (close)
        {
            case ByteStreamStatus.Reset:
                findings.Add(new Finding(Causes.CloseReset, Severity.Warn, Stage.Close, "The response was complete, and the server then reset the connection instead of closing it.", exchange.HttpEvidence)
                {
                    Fix = "Usually harmless; a server that closes before it has read the whole request does this.",
                });
                break;
            case ByteStreamStatus.EndWithoutCloseNotify:
                findings.Add(new Finding(Causes.CloseNoCloseNotify, Severity.Info, Stage.Close,
                    exchange.Http?.Head?.Fields.First("Content-Length") is null && exchange.Http?.Head?.Fields.First("Transfer-Encoding") is null
                        ? "The server ended TLS without a close_notify, and the response has no length: nobody can tell whether it is complete."
                        : "The server ended TLS without a close_notify; the response's own length shows that it is complete.", exchange.HttpEvidence));
                break;
        }

        var summary = close switch
        {
            ByteStreamStatus.End => exchange.Tls is null ? "the server closed first: FIN" : "the server closed first: close_notify, then FIN",
            ByteStreamStatus.EndWithoutCloseNotify => "the server closed first: FIN without close_notify",
            ByteStreamStatus.Reset => "the server reset the connection",
            ByteStreamStatus.Alert => "the server ended with an alert",
            _ => exchange.Tls is null ? "this side closed first: FIN" : "this side closed first: close_notify, then FIN",
        };
        _board.End(Stage.Close, StageStatus.Pass, summary, [new Fact("first", close is null ? "this side" : "server")], findings);
    }
}
