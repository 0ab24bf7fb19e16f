using Fathom.Wire.Dissection.Streams;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Wire.Dissection;

/// <summary>Dissects TCP.</summary>
internal static class TcpDissector
{
    // The control bits stand in the layout one by one; a field for all of them goes before the first.
    private const int FirstFlagRow = 6;

    private static readonly FieldSpec FlagsRow = new("flags", 103, 9, "RFC 9293 §3.1");

    internal static string Dissect(DissectionContext context, ReadOnlySpan<byte> bytes, Place place, IpEnvelope envelope)
    {
        var layer = context.Begin("tcp", place);
        if (!TcpSegment.TryRead(bytes, out var tcp, out var error))
        {
            var damaged = context.Damaged(layer, place, "TCP", TcpSegment.Layout, bytes, Format, error);
            return TransportDissector.WithPorts("TCP", bytes, envelope) ?? damaged;
        }

        var header = bytes[..tcp.HeaderLength];
        layer.AddFields(TcpSegment.Layout[..FirstFlagRow], header, Format);
        layer.Add(FlagsRow, (ulong)tcp.Flags, tcp.Flags == TcpFlags.None ? "none" : tcp.Flags.Describe());
        layer.AddFields(TcpSegment.Layout[FirstFlagRow..], header, Format);
        if (layer.KeepsFields) layer.SetText("checksum", FieldText.Checksum(tcp.Checksum, place.IsCut ? null : tcp.ChecksumIsValid(envelope.Source, envelope.FinalDestination)));
        AddOptions(context, layer, tcp, place);
        layer.HeaderLength = tcp.HeaderLength;
        layer.Length = tcp.Bytes.Length;
        var route = envelope.RouteOf(tcp.SourcePort, tcp.DestinationPort);
        if (layer.KeepsFields) layer.Summary = Summarize(tcp, envelope, place);
        var payload = place.Skip(tcp.HeaderLength);
        // Of a segment that is not whole nobody knows where the next one goes on.
        var read = context.Streams is { } streams && !place.IsQuoted && !place.IsCut
            ? streams.Dissect(context, tcp, envelope, payload, route)
            : new StreamSummary(TransportDissector.DissectPayload(context, IpProtocol.Tcp, tcp.SourcePort, tcp.DestinationPort, tcp.Payload, payload, route), null);
        if (read is { Message: { } message, Remark: null }) return message;
        var summary = layer.KeepsFields ? layer.Summary : Summarize(tcp, envelope, place);
        return read.Over(summary) ?? summary;
    }

    private static string Summarize(TcpSegment tcp, IpEnvelope envelope, Place place)
        => place.IsQuoted ? $"TCP {envelope.RouteOf(tcp.SourcePort, tcp.DestinationPort)}" : TcpSummary.Of(tcp, envelope);

    private static void AddOptions(DissectionContext context, LayerWriter layer, TcpSegment tcp, Place place)
    {
        var walk = tcp.EnumerateOptions();
        while (walk.MoveNext())
        {
            if (layer.KeepsFields) TcpOptionText.Add(layer, walk.Current);
        }

        context.Report(walk.Error, place.Skip(TcpSegment.MinHeaderLength));
    }

    private static FieldWords Format(string name, ulong value) => name switch
    {
        "dataOffset" => FieldText.Octets(4 * value),
        "checksum" => FieldText.Hex(value, 4),
        _ => null,
    };
}
