using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Fathom.Cli.Output;

/// <summary>Makes JSON text.</summary>
internal static class JsonText
{
    // Arrows, quotes and letters of all scripts stay readable; control characters are escaped by JSON itself.
    private static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    /// <summary>One object.</summary>
    /// <param name="indented">On several lines.</param>
    /// <param name="members">Writes its members.</param>
    public static string Object(bool indented, Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = indented, Encoder = Encoder }))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>A duration in milliseconds, to the microsecond. What was measured is never 0, which would look like "not measured".</summary>
    public static void WriteMilliseconds(this Utf8JsonWriter writer, string name, TimeSpan time) => writer.WriteNumber(name, Milliseconds(time));

    /// <summary>The number that <see cref="WriteMilliseconds"/> writes.</summary>
    public static double Milliseconds(TimeSpan time) => Math.Max(Math.Round(time.TotalMilliseconds, 3), 0.001);
}
