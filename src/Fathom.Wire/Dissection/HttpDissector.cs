using Fathom.Wire.Application;
using Fathom.Wire.Internet;

namespace Fathom.Wire.Dissection;

/// <summary>
/// The head of an HTTP/1.x message (RFC 9112 §2), as far as one segment holds it. It is known by its first line: servers listen on any
/// port, and few protocols begin like it.
/// </summary>
internal sealed class HttpDissector : IRecognizingDissector
{
    // Field lines that are shown; honest messages have under thirty.
    private const int MaxFields = 100;

    private static readonly string[] Methods = ["GET ", "HEAD ", "POST ", "PUT ", "DELETE ", "CONNECT ", "OPTIONS ", "TRACE ", "PATCH "];

    private HttpDissector()
    {
    }

    internal static HttpDissector Instance { get; } = new();

    public string Protocol => "http";

    public string Name => "HTTP";

    /// <inheritdoc/>
    public bool Recognizes(IpProtocol transport, ReadOnlySpan<byte> payload)
    {
        if (transport != IpProtocol.Tcp) return false;
        if (payload.StartsWith("HTTP/1."u8)) return true;
        foreach (var method in Methods)
        {
            if (payload.Length < method.Length || !System.Text.Ascii.Equals(payload[..method.Length], method)) continue;
            var line = payload[..LineEnd(payload, 0)];
            return line.IndexOf(" HTTP/1."u8) > 0;
        }

        return false;
    }

    public bool TryDissect(IpProtocol transport, ReadOnlySpan<byte> payload, LayerWriter layer, out string summary, out WireError fault)
    {
        summary = string.Empty;
        fault = default;
        if (!Recognizes(transport, payload)) return false;
        var end = LineEnd(payload, 0);
        summary = AddStartLine(layer, payload[..end]);
        var at = Skip(payload, end);
        for (var i = 0; i < MaxFields && at < payload.Length; i++)
        {
            end = LineEnd(payload, at);
            if (end == at)
            {
                at = Skip(payload, end); // the empty line that ends the head
                break;
            }

            if (layer.KeepsFields) AddField(layer, payload[at..end], at);
            at = Skip(payload, end);
        }

        layer.HeaderLength = at;
        layer.Length = payload.Length;
        if (at < payload.Length) layer.AddOctets("content", at, payload.Length - at, null, FieldText.Octets((uint)(payload.Length - at)), "RFC 9112 §6");
        return true;
    }

    private static string AddStartLine(LayerWriter layer, ReadOnlySpan<byte> line)
    {
        var isResponse = line.StartsWith("HTTP/"u8);
        var spec = isResponse ? "RFC 9112 §4" : "RFC 9112 §3";
        ReadOnlySpan<string> names = isResponse ? ["version", "statusCode", "reasonPhrase"] : ["method", "requestTarget", "version"];
        var at = 0;
        for (var part = 0; layer.KeepsFields && part < names.Length && at <= line.Length; part++)
        {
            var space = part < names.Length - 1 ? line[at..].IndexOf((byte)' ') : -1;
            var length = space < 0 ? line.Length - at : space;
            if (length > 0) layer.AddOctets(names[part], at, length, null, TextSanitizer.EscapeOctets(line.Slice(at, length)), spec);
            at += length + 1;
        }

        return TextSanitizer.EscapeOctets(line);
    }

    private static void AddField(LayerWriter layer, ReadOnlySpan<byte> line, int at)
    {
        var colon = line.IndexOf((byte)':');
        var name = colon > 0 ? TextSanitizer.EscapeOctets(line[..colon]) : "fieldLine";
        layer.AddOctets(name, at, line.Length, null, TextSanitizer.EscapeOctets(line[(colon + 1)..].Trim(" \t"u8)), "RFC 9112 §5");
    }

    /// <summary>Where the line ends: before CR LF or LF (RFC 9112 §2.2), or with the bytes.</summary>
    private static int LineEnd(ReadOnlySpan<byte> bytes, int at)
    {
        var feed = bytes[at..].IndexOf((byte)'\n');
        if (feed < 0) return bytes.Length;
        return feed > 0 && bytes[at + feed - 1] == '\r' ? at + feed - 1 : at + feed;
    }

    private static int Skip(ReadOnlySpan<byte> bytes, int at)
    {
        if (at < bytes.Length && bytes[at] == '\r') at++;
        return at < bytes.Length && bytes[at] == '\n' ? at + 1 : at;
    }
}
