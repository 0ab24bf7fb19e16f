using System.Text;
using System.Text.Json;
using Fathom.Cli.Output;
using Fathom.Probes.Application.Http;
using Fathom.Probes.Application.Tls;
using Fathom.Wire.Application.Http;
using Fathom.Wire.Application.Tls;

namespace Fathom.Cli.Http;

/// <summary>Writes journeys and messages as JSON.</summary>
internal static class HttpJson
{
    /// <summary>The members of one journey's document.</summary>
    public static void Write(Utf8JsonWriter writer, HttpJourney journey, bool audit)
    {
        writer.WriteString("url", journey.Hops[0].Target.ToString());
        writer.WriteMilliseconds("durationMilliseconds", journey.Duration);
        writer.WriteStartArray("hops");
        foreach (var hop in journey.Hops)
        {
            writer.WriteStartObject();
            Hop(writer, hop);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (audit && journey.Last.Answer is { } answer)
        {
            writer.WriteStartArray("audit");
            foreach (var remark in HttpAuditText.Judge(journey.Last.Target, answer.Head))
            {
                writer.WriteStartObject();
                writer.WriteString("kind", Words.Kebab(remark.Kind.ToString()));
                writer.WriteString("field", remark.Field);
                writer.WriteString("why", remark.Detail);
                writer.WriteString("fix", remark.Kind.ToFix());
                writer.WriteString("rule", remark.Rule);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }
    }

    /// <summary>Fields in order, repeats kept.</summary>
    public static void Fields(Utf8JsonWriter writer, string name, HttpFields fields)
    {
        writer.WriteStartArray(name);
        foreach (var field in fields)
        {
            writer.WriteStartObject();
            writer.WriteString("name", field.Name);
            writer.WriteString("value", field.Value);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>A body: as text where it is text, else in base64.</summary>
    public static void Body(Utf8JsonWriter writer, ReadOnlySpan<byte> body)
    {
        writer.WriteNumber("bodyLength", body.Length);
        if (HttpBodyText.IsText(body)) writer.WriteString("body", Encoding.UTF8.GetString(body));
        else writer.WriteBase64String("bodyBase64", body);
    }

    private static void Hop(Utf8JsonWriter writer, HttpHop hop)
    {
        writer.WriteStartObject("request");
        writer.WriteString("method", hop.Request.Method);
        writer.WriteString("url", hop.Target.ToString());
        writer.WriteString("target", hop.Request.Target);
        Fields(writer, "fields", hop.Request.Fields);
        writer.WriteNumber("octets", hop.RequestBytes.Length);
        writer.WriteEndObject();
        Connection(writer, hop);
        if (hop.Answer is { } answer)
        {
            writer.WriteStartObject("response");
            writer.WriteNumber("status", answer.Head.Status);
            writer.WriteString("reason", answer.Head.Reason);
            writer.WriteString("version", FormattableString.Invariant($"1.{answer.Head.MinorVersion}"));
            Fields(writer, "fields", answer.Head.Fields);
            writer.WriteString("framing", Words.Kebab(answer.Framing.ToString()));
            writer.WriteString("decoding", Words.Kebab(answer.Content.Status.ToString()));
            if (answer.IsStored)
            {
                writer.WriteNumber("bodyLength", answer.BodyLength);
                writer.WriteBoolean("bodyStored", true);
            }
            else
            {
                Body(writer, answer.Content.Content.Span);
            }

            Fields(writer, "trailers", answer.Trailers);
            writer.WriteStartArray("informational");
            foreach (var head in answer.Informational) writer.WriteNumberValue(head.Status);
            writer.WriteEndArray();
            writer.WriteStartArray("tolerated");
            foreach (var tolerance in answer.Tolerated) writer.WriteStringValue(Words.Kebab(tolerance.Kind.ToString()));
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        if (hop.Failure is { } failure)
        {
            writer.WriteStartObject("failure");
            writer.WriteString("kind", Words.Kebab(failure.Kind.ToString()));
            writer.WriteString("layer", failure.Layer);
            writer.WriteString("detail", failure.Detail);
            writer.WriteEndObject();
        }

        writer.WriteStartObject("timing");
        Phase(writer, "nameMilliseconds", hop.Phases.Name);
        Phase(writer, "tcpMilliseconds", hop.Phases.Tcp);
        Phase(writer, "proxyMilliseconds", hop.Phases.Proxy);
        Phase(writer, "tlsMilliseconds", hop.Phases.Tls);
        Phase(writer, "waitMilliseconds", hop.Phases.Wait);
        Phase(writer, "transferMilliseconds", hop.Phases.Transfer);
        writer.WriteMilliseconds("totalMilliseconds", hop.Phases.Total);
        writer.WriteEndObject();
        if (hop.Next.Length > 0) writer.WriteString("next", hop.Next);
    }

    private static void Connection(Utf8JsonWriter writer, HttpHop hop)
    {
        var report = hop.Connection;
        writer.WriteStartObject("connection");
        writer.WriteBoolean("reused", report.Reused);
        if (report.Proxy is { } proxy) writer.WriteString("proxy", proxy.Target.HostAndPort);
        if (report.Local is { } local) writer.WriteString("local", local.ToString());
        if (report.Remote is { } remote) writer.WriteString("remote", remote.ToString());
        if (report.Tls is { Version: { } version } tls)
        {
            writer.WriteString("tls", version.ToText());
            writer.WriteString("cipherSuite", tls.CipherSuite);
        }

        if (report.Certificates is { } verdict)
        {
            writer.WriteBoolean("certificateTrusted", verdict.IsTrusted);
            writer.WriteStartArray("certificateProblems");
            foreach (var problem in verdict.Problems) writer.WriteStringValue(problem.Detail);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void Phase(Utf8JsonWriter writer, string name, TimeSpan? time)
    {
        if (time is { } t) writer.WriteMilliseconds(name, t);
    }
}
