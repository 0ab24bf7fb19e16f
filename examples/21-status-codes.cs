#:project ../src/Fathom.Wire/Fathom.Wire.csproj
// 21. Status codes
//
// Take away: the first digit says whose turn it is: 2 done, 3 look elsewhere, 4 you must change something, 5 the server failed.
// Why it matters: a program that repeats a 400 wastes everybody's time; one that does not repeat a 503 gives up too early.

using Fathom.Wire.Application.Http;

foreach (var group in HttpStatusRegistry.All.GroupBy(static status => status.Class))
    Console.WriteLine($"{(int)group.Key}xx {group.Key}: {group.Count()} codes, {group.First().Code} to {group.Last().Code}");

Console.WriteLine();
foreach (var code in new[] { 200, 204, 304, 307, 404, 412, 429, 503 })
{
    if (!HttpStatusRegistry.TryFind(code, out var status)) continue;
    Console.WriteLine($"{status.Code} {status.Phrase} ({status.Reference})");
    Console.WriteLine($"  {status.Meaning}");
    if (status.Retry != HttpRetry.Unneeded) Console.WriteLine($"  again? {status.Retry}. {status.Advice}");
}

// A code that nobody registered counts as x00 of its class (RFC 9110 §15): a client must not fail on it.
Console.WriteLine($"\n499: {(HttpStatusRegistry.TryFind(499, out _) ? "registered" : $"not registered, treated as 400, a {HttpStatusRegistry.ClassOf(499)}")}");

// Redirects differ in what they do to the method, which decides whether a form is sent twice.
foreach (var code in new[] { 301, 303, 307 }) Console.WriteLine($"POST, redirected with {code}, goes on as {HttpRedirect.MethodAfter(code, "POST")}");
