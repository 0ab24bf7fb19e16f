using System.Text;
using Fathom.Wire.Application.Http;

namespace Fathom.Wire.Tests.Application.Http;

/// <summary>One reading of a request to the end, or until the reader stops.</summary>
internal sealed record HttpRequestReading(HttpRequestReader Reader, RecordingHandler Handler, int Consumed)
{
    public HttpError? Error => Reader.Error;

    /// <summary>Reads text whole and octet by octet; the two must agree. The peer closes at the end if asked.</summary>
    public static HttpRequestReading Of(string text, bool close = false) => Of(Encoding.Latin1.GetBytes(text), close);

    public static HttpRequestReading Of(byte[] bytes, bool close = false)
    {
        var whole = Cut(bytes, Math.Max(1, bytes.Length), close);
        foreach (var size in (int[])[1, 2, 7]) Assert.Equal(whole.Describe(), Cut(bytes, size, close).Describe());
        return whole;
    }

    private static HttpRequestReading Cut(byte[] bytes, int size, bool close)
    {
        var reader = new HttpRequestReader(HttpLimits.Default);
        var handler = new RecordingHandler();
        var consumed = 0;
        for (var at = 0; at < bytes.Length; at += size)
        {
            var part = bytes.AsSpan(at, Math.Min(size, bytes.Length - at));
            var taken = reader.Read(part, handler);
            consumed += taken;
            if (taken < part.Length) break;
        }

        if (close) reader.End(handler);
        return new HttpRequestReading(reader, handler, consumed);
    }

    private string Describe()
        => $"{Handler.Log}\n{Reader.State} {Reader.Framing} {Reader.BodyLength} {Reader.ExpectedLength} {Reader.KeepAlive} {Reader.Error} {Consumed}";
}
