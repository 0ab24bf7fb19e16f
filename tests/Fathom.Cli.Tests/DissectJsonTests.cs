using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Fathom.Cli.Dissect;
using Fathom.Wire.Capture;
using Fathom.Wire.Dissection;

namespace Fathom.Cli.Tests;

/// <summary>What is put together from ready pieces is, octet for octet, what the library's writer makes of the same values.</summary>
public class DissectJsonTests
{
    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(true, false)]
    public void Packets_are_written_as_the_librarys_writer_writes_them(bool isIndented, bool isDocument)
    {
        var packets = 0;
        foreach (var path in ConformanceCaptures.Paths())
        {
            var output = new MemoryStream();
            var json = new DissectJson(output, "a schema", isIndented, isDocument);
            var dissector = new CaptureDissector();
            using var reader = new CaptureReader(File.OpenRead(path));
            while (reader.TryRead(out var packet))
            {
                var source = new SourcePacket(++packets, packet.UnixNanoseconds, packet.Interface.LinkType, packet.Bytes, packet.OriginalLength, packet.Interface.Name, packet.Comments);
                json.Add(source, dissector.Dissect(source.LinkType, source.Bytes, source.Number, null));
                if (!isDocument)
                {
                    json.Flush();
                    Check(output.ToArray(), isIndented);
                    output.SetLength(0);
                }
            }

            json.End(reader.Error);
            if (isDocument) Check(output.ToArray(), isIndented);
        }

        Assert.True(packets > 3000, $"only {packets} packets");
    }

    [Fact]
    public void Text_from_the_network_is_escaped()
    {
        var json = new Fathom.Cli.Output.JsonBuffer(isIndented: false);
        json.Open('{');
        json.Member("text"u8, "a\"b\\c\n\u001b[31m→\u2028\ud83d\ude00");
        json.Close('}');
        Check(json.Written.ToArray(), isIndented: false);
        Assert.Equal("a\"b\\c\n\u001b[31m→\u2028\ud83d\ude00", JsonDocument.Parse(json.Written.ToArray()).RootElement.GetProperty("text").GetString());
    }

    private static void Check(byte[] written, bool isIndented)
    {
        using var document = JsonDocument.Parse(written);
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = isIndented, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping })) document.WriteTo(writer);
        Assert.Equal(Encoding.UTF8.GetString(stream.ToArray()), Encoding.UTF8.GetString(written).TrimEnd('\n'));
    }
}
