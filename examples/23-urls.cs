#:project ../src/Fathom.Wire/Fathom.Wire.csproj
// 23. URLs
//
// Take away: a URL is parts with different rules. Build one by setting parts, never by gluing text: only the part knows what must be encoded in it.
// Why it matters: "&" in a value becomes another parameter, "@" before a host another host, "0x7f.1" the local machine; filters that read a URL otherwise than the
// client does are how servers are tricked into fetching what they must not.

using Fathom.Wire.Application.Urls;

// 1. Parts. What was written differs, what is meant is one text: scheme and host in lower case, no port 443, no "..".
var url = Url.Parse("HTTPS://Shop.Example:443/books/../cart?item=1#total");
Console.WriteLine($"href      {url.Href}");
Console.WriteLine($"scheme    {url.Scheme}    host {url.Hostname}    connects to port {url.EffectivePort}");
Console.WriteLine($"path      {url.Pathname}    query {url.Search}    fragment {url.Hash}, which no server ever sees");
Console.WriteLine($"origin    {url.Origin}, the part that decides who may read what");

// 2. A relative reference means something only against a base: as "cd" does for folders.
foreach (var reference in new[] { "help", "../help", "/help", "?page=2", "//other.example/x" })
    Console.WriteLine($"resolve   {reference,-18} {Url.Parse(reference, url)}");

// 3. Data goes into a part by way of the part. A value with "&" and "#" stays one value.
var query = new UrlQuery();
query.Append("q", "fish & chips #1");
query.Append("q", "50%");
Console.WriteLine($"query     {url.WithQuery(query).WithHash("")}");
Console.WriteLine($"read back {string.Join(" | ", UrlQuery.Parse(url.WithQuery(query).Search).GetAll("q"))}");
Console.WriteLine($"component {PercentEncoding.Encode("a/b c", PercentEncodeSet.Component)}    path {PercentEncoding.Encode("a/b c", PercentEncodeSet.Path)}");

// 4. Names of other scripts travel as ASCII (IDNA and Punycode).
var books = Url.Parse("https://Bücher.example/straße");
Console.WriteLine($"idna      {books.Hostname} is {books.UnicodeHostname}; path {books.Pathname}");

// 5. Many ways to write one address. A filter that looks for "127.0.0.1" in the text finds none of them.
foreach (var text in new[] { "http://0x7f.1/", "http://2130706433/", "http://0177.0.0.01/", "http://[0:0::1]/" })
    Console.WriteLine($"address   {text,-22} {Url.Parse(text).Hostname}");

// 6. Where the host is, is not where it seems: everything before the last "@" is the user's name.
var trick = Url.Parse("https://bank.example@evil.example/");
Console.WriteLine($"trick     host {trick.Hostname}, user {trick.Username}");

// 7. What is no URL says so, and where.
foreach (var text in new[] { "shop.example/cart", "http://shop.example:99999/", "http://1.2.3.4.5/", "http://[::1" })
{
    Url.TryParse(text, null, out _, out var failure);
    Console.WriteLine($"refused   {text,-28} {failure.Name} at {failure.Position}");
}

// 8. Two standards: what browsers do (URL Standard) and what the text may be (RFC 3986).
foreach (var text in new[] { "http://shop.example/a b", "http://0x7f.1/", "http://shop.example/%7euser" })
{
    var both = UrlComparison.Of(text);
    Console.WriteLine($"RFC 3986  {text,-28} {both.SyntaxError.Reason ?? string.Join("; ", both.Differences.Select(d => $"{d.Part} {d.Uri}, not {d.Url}"))}");
}
