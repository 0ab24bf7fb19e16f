using System.Globalization;
using Fathom.Cli.Commands;
using Fathom.Cli.Input;
using Fathom.Cli.Output;
using Fathom.Wire.Dissection;
using Spectre.Console;

namespace Fathom.Cli.Dissect;

/// <summary>One run of <c>fathom dissect</c>. Packets are read and written one by one, so that memory does not grow with the file.</summary>
internal sealed class DissectRun(CommandRun run, PacketSource source, PacketSelector? selector, int? only, FieldChoice? field, bool layers, int? count)
{
    private const string Schema = "fathom.dissect/1";

    private readonly CaptureDissector _dissector = new();
    private long? _start;
    private int _read;
    private int _shown;
    private bool _fieldIsMissing;

    public int Run(string name, CancellationToken cancellation)
    {
        if (run.IsText) WriteText(cancellation);
        else WriteJson(cancellation);

        if (cancellation.IsCancellationRequested) run.Complain(string.Create(CultureInfo.InvariantCulture, $"interrupted after {_read} packets"), ExitStatus.Good);
        if (source.Error.IsError) return run.Complain($"{source.Error}; {Packets(_read)} before it", ExitStatus.Broken);
        if (only is { } wanted && _shown == 0 && !cancellation.IsCancellationRequested) return run.Complain($"there is no packet {wanted}: {name} has {Packets(_read)}", ExitStatus.Broken);
        if (_fieldIsMissing) return run.Complain($"--field {field!.Text}: no packet shown has a field of that name; the second column from the right lists the names", ExitStatus.Broken);
        WriteAside(name);
        return ExitStatus.Good;
    }

    private static string Packets(int number) => number == 1 ? "1 packet" : string.Create(CultureInfo.InvariantCulture, $"{number} packets");

    // Every packet is taken apart, those that are not shown too: a later one may end what they began. What is lent is to be taken back.
    private IEnumerable<(SourcePacket Packet, Dissection Dissection)> Packets(CancellationToken cancellation)
    {
        foreach (var packet in source.Read())
        {
            if (cancellation.IsCancellationRequested) yield break;
            _read++;
            _start ??= packet.UnixNanoseconds;
            var time = PacketTime.Since(packet.UnixNanoseconds, _start);
            var dissection = _dissector.Lend(packet.LinkType, packet.Bytes, packet.Number, time);
            if ((only is { } wanted && packet.Number != wanted) || selector?.Selects(packet.LinkType, packet.Bytes.Span, packet.OriginalLength) == false)
            {
                _dissector.TakeBack(dissection);
                continue;
            }

            _shown++;
            yield return (packet, dissection);
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

        _fieldIsMissing = field is not null && !layers;
        foreach (var (packet, dissection) in Packets(cancellation))
        {
            if (_shown > 1) run.Console.WriteLine();
            if (layers) LayerView.Write(run.Console, packet, dissection);
            else PacketTree.Write(run.Console, packet, dissection, field);
            if (field?.IsIn(dissection) == true) _fieldIsMissing = false;
            _dissector.TakeBack(dissection);
        }
    }

    // Packets of a file are looked at in the reader's buffer, not copied.
    private void WriteList(CancellationToken cancellation)
    {
        using var output = StandardOutput.Open();
        var list = new PacketList(output, Console.IsOutputRedirected ? null : run.Console.Profile.Width);
        if (source.Reader is { } reader)
        {
            while (_shown != count && !cancellation.IsCancellationRequested && reader.TryReadRecord(out var record))
            {
                _read++;
                var linkType = source.LinkType ?? record.Interface.LinkType;
                var isShown = selector?.Selects(linkType, record.Bytes, record.OriginalLength) != false;
                if (isShown) _shown++;
                list.Add(_read, record.UnixNanoseconds, record.OriginalLength, linkType, record.Memory, isShown: isShown);
                if (reader.IsDrained) list.Flush(); // a pipe's writer may be slow
            }
        }
        else
        {
            foreach (var (packet, _) in Packets(cancellation)) list.Add(packet.Number, packet.UnixNanoseconds, packet.OriginalLength, packet.LinkType, packet.Bytes);
        }

        list.Flush();
    }

    // Written as the packets come.
    private void WriteJson(CancellationToken cancellation)
    {
        using var output = StandardOutput.Open();
        var isDocument = run.Format == OutputFormat.Json;
        var json = new DissectJson(output, Schema, isIndented: isDocument, isDocument);
        using var packets = Packets(cancellation).GetEnumerator();
        new DissectTurns(json, packets, _dissector, () => source.Reader is { IsDrained: true }).Run();
        json.End(source.Error);
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
