#:project ../src/Fathom.Wire/Fathom.Wire.csproj
// 18. The HTTP request
//
// Take away: a request is text: one line that says what is wanted, fields, an empty line, and a body whose end must be said beforehand.
// Why it matters: whoever lets a stranger choose one character of a field, a line end say, lets them write requests of their own.

using System.Text;
using Fathom.Wire.Application.Http;

// Host is the one field that HTTP/1.1 demands: many sites share an address, and this says which is meant.
HttpFields fields = [new("Host", "shop.example"), new("Content-Type", "text/plain"), new("Content-Length", "5")];
var order = new HttpRequestHead("POST", "/orders", fields);
Show("with a length", order, "2 tea", []);

// Not every sender knows the length beforehand. Chunks each say their own, in hexadecimal; an empty one is the end.
// Behind it there is room for fields that could not be known before: trailers.
var chunked = order with { Fields = fields.Without("Content-Length").With("Transfer-Encoding", "chunked") };
Show("in chunks", chunked, "2 tea", [new("Checksum", "7c9f")]);

// What follows is refused, by name. Each could be read in two ways by two servers in a row,
// and in the gap between the two an attacker hides a request of their own.
Show("two ways to find the end", order with { Fields = fields.With("Transfer-Encoding", "chunked") }, "2 tea", []);
Show("a length that lies", order with { Fields = fields.Without("Content-Length").With("Content-Length", "3") }, "2 tea", []);
Show("a line end in a value", order with { Fields = fields.With("X-Name", "Ada\r\nX-Admin: yes") }, "2 tea", []);
Show("no host", order with { Fields = fields.Without("Host") }, "2 tea", []);

static void Show(string what, HttpRequestHead head, string body, HttpFields trailers)
{
    if (!HttpRequestWriter.TryWrite(head, Encoding.ASCII.GetBytes(body), trailers, out var octets, out var error))
    {
        Console.WriteLine($"{what}: {error.Kind}\n  {error.Detail}");
        return;
    }

    // The line ends are part of the message: CR LF, always both.
    Console.WriteLine($"{what}, {octets.Length} octets:");
    Console.WriteLine("  " + Encoding.ASCII.GetString(octets).Replace("\r\n", "\\r\\n\n  ", StringComparison.Ordinal).TrimEnd());
}
