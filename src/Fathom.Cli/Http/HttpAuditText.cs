using Fathom.Cli.Commands;
using Fathom.Cli.Output;
using Fathom.Probes.Application.Http;
using Fathom.Wire.Application.Http;

namespace Fathom.Cli.Http;

/// <summary>Shows what is to be said of the security fields of a response, each with why and a fix.</summary>
internal static class HttpAuditText
{
    /// <summary>The remarks. Without TLS the field that asks for TLS counts for nothing (RFC 6797 §8.1): the lack of TLS is the remark.</summary>
    public static IReadOnlyList<SecurityRemark> Judge(HttpTarget target, HttpResponseHead head)
        => [.. SecurityHeaderAudit.Judge(head).Where(remark => target.IsSecure || remark.Field != "Strict-Transport-Security")];

    public static void Write(CommandRun run, HttpTarget target, HttpResponseHead head)
    {
        var remarks = Judge(target, head);
        run.Output.WriteLine("\n  audit");
        if (!target.IsSecure) run.Output.WriteLine("    no TLS: anybody on the way can read and change it\n      fix  serve it over https, and redirect http there");
        foreach (var remark in remarks)
        {
            run.Output.WriteLine($"    {remark.Field}: {remark.Detail}");
            run.Output.WriteLine($"      fix  {remark.Kind.ToFix()}");
            run.Output.WriteLine($"      by   {remark.Rule}");
        }

        if (remarks.Count == 0 && target.IsSecure) run.Output.WriteLine("    nothing is missing that is looked for");
    }
}
