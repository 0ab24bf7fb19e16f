using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Fathom.Cli.Commands;
using Fathom.Wire.Dissection;
using Spectre.Console;

namespace Fathom.Cli.Dissect;

/// <summary>One run of <c>fathom dissect</c>. Packets are read and written one by one, so that memory does not grow with the file.</summary>
internal sealed class DissectRun(CommandRun run, PacketSource source, int? only, bool layers, int? count)
{
    private const int FlushAt = 1 << 16;
    private const string Schema = "fathom.dissect/1";

    private int _read;
    private int _shown;

    public int Run(string name, CancellationToken cancellation)
    {
        switch (run.Format)
        {
            case OutputFormat.Json:
                WriteDocument(cancellation);
                break;
            case OutputFormat.Ndjson:
                foreach (var packet in Packets(cancellation)) run.WriteJson(Schema, writer => DissectJson.Write(writer, packet, Dissector.Dissect(packet.LinkType, packet.Bytes)));
                break;
            default:
                WriteText(cancellation);
                break;
        }

        if (cancellation.IsCancellationRequested) run.Complain(string.Create(CultureInfo.InvariantCulture, $"interrupted after {_read} packets"), ExitStatus.Good);
        if (source.Error.IsError) return run.Complain($"{source.Error}; {Packets(_read)} before it", ExitStatus.Broken);
        if (only is { } wanted && _shown == 0 && !cancellation.IsCancellationRequested) return run.Complain($"there is no packet {wanted}: {name} has {Packets(_read)}", ExitStatus.Broken);
        WriteAside(name);
        return ExitStatus.Good;
    }

    private static string Packets(int number) => number == 1 ? "1 packet" : string.Create(CultureInfo.InvariantCulture, $"{number} packets");

    private IEnumerable<SourcePacket> Packets(CancellationToken cancellation)
    {
        foreach (var packet in source.Read())
        {
            if (cancellation.IsCancellationRequested) yield break;
            _read++;
            if (only is { } wanted && packet.Number != wanted) continue;
            _shown++;
            yield return packet;
            if (only is not null || _shown == count) yield break;
        }
    }

    private void WriteText(CancellationToken cancellation)
    {
        if (!layers && only is null && !source.IsSingle)
        {
            WriteList(cancellation);
            return;
        }

        foreach (var packet in Packets(cancellation))
        {
            var dissection = Dissector.Dissect(packet.LinkType, packet.Bytes);
            if (_shown > 1) run.Console.WriteLine();
            if (layers) LayerView.Write(run.Console, packet, dissection);
            else PacketTree.Write(run.Console, packet, dissection);
        }
    }

    // Packets of a file are looked at in the reader's buffer, not copied.
    private void WriteList(CancellationToken cancellation)
    {
        using var output = Console.OpenStandardOutput();
        var list = new PacketList(output, Console.IsOutputRedirected ? null : run.Console.Profile.Width);
        if (source.Reader is { } reader)
        {
            while (_shown != count && !cancellation.IsCancellationRequested && reader.TryReadRecord(out var record))
            {
                _read++;
                _shown++;
                list.Add(_read, record.UnixNanoseconds, record.OriginalLength, source.LinkType ?? record.Interface.LinkType, record.Memory);
            }
        }
        else
        {
            foreach (var packet in Packets(cancellation)) list.Add(packet.Number, packet.UnixNanoseconds, packet.OriginalLength, packet.LinkType, packet.Bytes);
        }

        list.Flush();
    }

    // An array that is written as the packets come.
    private void WriteDocument(CancellationToken cancellation)
    {
        using var stream = Console.OpenStandardOutput();
        using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        writer.WriteStartObject();
        writer.WriteString("schema", Schema);
        writer.WriteStartArray("packets");
        foreach (var packet in Packets(cancellation))
        {
            writer.WriteStartObject();
            DissectJson.Write(writer, packet, Dissector.Dissect(packet.LinkType, packet.Bytes));
            writer.WriteEndObject();
            if (writer.BytesPending > FlushAt) writer.Flush();
        }

        writer.WriteEndArray();
        if (source.Error.IsError)
        {
            writer.WriteStartObject("error");
            writer.WriteNumber("fileOffset", source.Error.FileOffset);
            writer.WriteString("detail", source.Error.Detail);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.Flush();
        stream.WriteByte((byte)'\n');
    }

    private void WriteAside(string name)
    {
        var guess = source.IsGuess
            ? "Octets alone do not say what they begin with: a packet whose own length and checksum fit is read from its IP header on, anything else as Ethernet; --link-type says otherwise. "
            : string.Empty;
        run.WriteAside(
            guess + (layers
                ? "Each layer treats what the layer above gave it as octets that mean nothing, and writes its own header in front. One field in each header says what follows, and that is all by which the receiver finds its way back up."
                : "The left columns are the octets' places and values, as they crossed the link; bits that belong to other fields are dots."),
            source.IsSingle ? "echo '0000 …' | text2pcap - packet.pcap && tshark -V -r packet.pcap" : $"tshark {(only is { } n ? $"-V -Y frame.number=={n} " : string.Empty)}-n -r {name}");
    }
}
