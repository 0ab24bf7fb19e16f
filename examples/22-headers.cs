#:project ../src/Fathom.Wire/Fathom.Wire.csproj
// 22. Headers
//
// Take away: fields have names without case, may come several times, and many newer ones share one grammar: structured fields (RFC 9651).
// Why it matters: caching, compression, security and cookies are all decided here; one missing field leaves a site open to framing or sniffing.

using Fathom.Wire.Application.Http;

HttpFields fields =
[
    new("Content-Type", "text/html"), new("Vary", "Accept"), new("vary", "Accept-Encoding"),
    new("Priority", "u=1, i"), new("X-Frame-Options", "ALLOW-FROM https://example.com"), new("Strict-Transport-Security", "max-age=3600"),
];

// Repeated lines are one list (RFC 9110 §5.3), and the case of a name does not matter.
Console.WriteLine($"Vary: {fields.Combined("VARY")}");

// What they mean, and where that is written.
foreach (var name in fields.Select(static field => field.Name).Distinct(StringComparer.OrdinalIgnoreCase))
    if (HttpFieldRegistry.TryFind(name, out var entry)) Console.WriteLine($"{entry.Name} ({entry.Status}): {entry.Meaning}");

// A structured field: keys with typed values; a key alone is true.
if (StructuredField.TryParseDictionary(fields.First("Priority"), out var priority, out _))
    foreach (var (key, value) in priority) Console.WriteLine($"  {key} is {((StructuredItem)value).Value}");

// The grammar is strict, so that all readers agree: a field that breaks it is ignored whole.
foreach (var text in new[] { "gzip;q=1.0, br", "gzip;q=1.0000", "\"open", "?1;a=@1659578233" })
{
    var isRight = StructuredField.TryParseList(text, out var list, out var error);
    Console.WriteLine($"  {text,-22} {(isRight ? $"{list!.Count} members" : error.ToString())}");
}

// What a browser's user misses when a response over HTTPS has only these fields.
foreach (var remark in SecurityHeaderAudit.Judge(new HttpResponseHead(1, 1, 200, "OK", fields)))
    Console.WriteLine($"{remark.Field}: {remark.Detail}\n  fix: {remark.Kind.ToFix()}");
