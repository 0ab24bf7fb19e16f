using Fathom.Probes.Application.Http;
using Fathom.Wire.Application;

namespace Fathom.Diagnosis.Application.Http;

/// <summary>What the HTTP stage shows.</summary>
internal static class HttpReporting
{
    public static IReadOnlyList<Fact> Facts(HttpOutcome http)
    {
        var facts = new List<Fact>();
        if (http.Head is { } head)
        {
            facts.Add(new Fact("status", head.Status));
            facts.Add(new Fact("version", $"{head.MajorVersion}.{head.MinorVersion}"));
            if (head.Fields.First("Server") is { } server) facts.Add(new Fact("server", TextSanitizer.Escape(server)));
            if (head.Fields.First("Content-Type") is { } type) facts.Add(new Fact("contentType", TextSanitizer.Escape(type)));
            if (head.Fields.First("Location") is { } location) facts.Add(new Fact("location", TextSanitizer.Escape(location)));
        }

        if (http.FirstByte is { } first) facts.Add(new Fact("firstByteMilliseconds", first));
        if (http is HttpOutcome.Completed completed)
        {
            facts.Add(new Fact("bodyLength", completed.BodyLength));
            if (completed.BodyCut) facts.Add(new Fact("bodyCut", true));
        }

        facts.Add(new Fact("octetsReceived", http.BytesReceived));
        return facts;
    }
}
