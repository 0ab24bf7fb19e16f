using System.Text;
using Fathom.Wire.Application.Http;

namespace Fathom.Wire.Tests.Application.Http;

/// <summary>One reading of some octets to the end, or until the reader stops.</summary>
internal sealed record HttpReading(HttpResponseReader Reader, RecordingHandler Handler, int Consumed)
{
    public HttpError? Error => Reader.Error;

    /// <summary>Reads text whole and octet by octet; the two must agree. The peer closes at the end if asked.</summary>
    public static HttpReading Of(string text, string method = "GET", bool close = false, HttpLimits? limits = null)
        => Of(Encoding.Latin1.GetBytes(text), method, close, limits);

    public static HttpReading Of(byte[] bytes, string method = "GET", bool close = false, HttpLimits? limits = null)
    {
        var whole = Cut(bytes, Math.Max(1, bytes.Length), method, close, limits);
        foreach (var size in (int[])[1, 2, 7])
        {
            var cut = Cut(bytes, size, method, close, limits);
            Assert.Equal(whole.Describe(), cut.Describe());
        }

        return whole;
    }

    public static HttpReading Cut(byte[] bytes, int size, string method, bool close, HttpLimits? limits)
    {
        var reader = new HttpResponseReader(method, limits ?? HttpLimits.Default);
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
        return new HttpReading(reader, handler, consumed);
    }

    private string Describe()
        => $"{Handler.Log}\n{Reader.State} {Reader.Framing} {Reader.BodyLength} {Reader.ExpectedLength} {Reader.KeepAlive} {Reader.Error} {Consumed} {string.Join(',', Reader.Tolerated)}";
}
