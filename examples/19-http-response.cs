#:project ../src/Fathom.Wire/Fathom.Wire.csproj
// 19. The HTTP response
//
// Take away: the head decides where the body ends: by Content-Length, by an empty chunk, by the close of the connection, or at once.
// Why it matters: a client that gets the end wrong shows half a page as whole, waits for ever, or takes one answer for another.

using System.Text;
using Fathom.Wire.Application.Http;

Read("by length", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nSet-Cookie: a=1\r\nSet-Cookie: b=2\r\n\r\nhello");
Read("in chunks, with a trailer", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\nServer-Timing: db;dur=9\r\n\r\n");
Read("until close", "HTTP/1.0 200 OK\r\n\r\nhello");
Read("an early hint first", "HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n");

// The same head, but as the answer to HEAD: the length is that of what GET would bring, and nothing follows.
Read("to HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", method: "HEAD");

// Two that went wrong: one was cut, one is no chunk. The error says at which octet.
Read("cut", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel");
Read("a broken chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n");

static void Read(string what, string text, string method = "GET")
{
    // Octets are pushed in as a network would bring them, here one by one: the result is the same however they are cut.
    var reader = new HttpResponseReader(method, HttpLimits.Default);
    var seen = new Seen();
    foreach (var octet in Encoding.Latin1.GetBytes(text)) reader.Read([octet], seen);
    if (reader.State != HttpReadState.Complete) reader.End(seen); // the connection closed
    Console.WriteLine(what);
    foreach (var line in seen.Lines) Console.WriteLine("  " + line);
    Console.WriteLine(reader.Error is { } error ? $"  {error}" : $"  body of {reader.BodyLength} octets, framing: {reader.Framing}; the connection {(reader.KeepAlive ? "can be used again" : "ends")}");
}

internal sealed class Seen : IHttpResponseHandler
{
    public List<string> Lines { get; } = [];

    public void OnHead(HttpResponseHead head)
    {
        Lines.Add(head.ToString());
        Lines.AddRange(head.Fields.Select(static field => "  " + field)); // repeats are kept: two cookies are two lines
    }

    public void OnBody(ReadOnlySpan<byte> bytes)
    {
        // A program would keep these; here the count is enough.
    }

    public void OnTrailers(HttpFields trailers) => Lines.AddRange(trailers.Select(static field => "  trailer " + field));

    public void OnComplete() => Lines.Add("  (whole)");
}
