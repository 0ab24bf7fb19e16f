using System.Collections.ObjectModel;
using Fathom.Wire.Dissection.Streams;

namespace Fathom.Wire.Dissection;

/// <summary>A dissection under way.</summary>
internal sealed class DissectionContext(ApplicationDissectors applications, LayerPool pool)
{
    /// <summary>
    /// Layers in one frame. Real packets have under ten; a quoted packet in a tunnel under twenty. It bounds the recursion of
    /// packets inside packets.
    /// </summary>
    internal const int MaxLayers = 32;

    private const int OrdinaryLayers = 8;

    private readonly List<LayerWriter> _layers = new(OrdinaryLayers);
    private List<ReassembledPart>? _parts;
    private WireError? _fault;
    private int _faultOffset;

    internal ApplicationDissectors Applications => applications;

    internal LayerPool Pool => pool;

    /// <summary>False where only the summary is wanted.</summary>
    internal bool KeepsFields { get; init; } = true;

    /// <summary>The connections of the capture; null where each packet is taken by itself.</summary>
    internal StreamTable? Streams { get; init; }

    /// <summary>The packet's number in the capture; 0 where it has none.</summary>
    internal int Number { get; init; }

    /// <summary>The end of the last protocol that has a length of its own: what follows is padding. Quotes do not count.</summary>
    internal int NetworkEnd { get; private set; } = -1;

    internal LayerWriter Begin(string protocol, Place place)
    {
        var layer = pool.Take(protocol, place, KeepsFields);
        Add(layer);
        return layer;
    }

    internal void Add(LayerWriter layer) => _layers.Add(layer);

    /// <summary>Keeps the first fault.</summary>
    internal void Report(WireError error, Place place)
    {
        if (_fault is not null || !error.IsError) return;
        _fault = error;
        _faultOffset = place.Offset;
    }

    /// <summary>Keeps the first fault, unless bytes that end early are no fault here.</summary>
    internal void ReportUnlessCut(WireError error, Place place)
    {
        if (!(place.IsCut && error.Kind == WireErrorKind.TooShort)) Report(error, place);
    }

    /// <summary>Remembers where the outermost network layer ends.</summary>
    internal void EndNetwork(int end)
    {
        if (NetworkEnd < 0) NetworkEnd = end;
    }

    /// <summary>Finishes a layer whose header could not be read: the fields that are there, and the fault.</summary>
    internal string Damaged(
        LayerWriter layer, Place place, string name, ReadOnlySpan<FieldSpec> layout, ReadOnlySpan<byte> bytes, LayerWriter.Formatter? formatter, WireError error)
    {
        ReportUnlessCut(error, place);
        layer.AddFields(layout, bytes, formatter);
        layer.HeaderLength = layer.Length = bytes.Length;
        layer.Summary = error.Kind == WireErrorKind.TooShort ? $"{name}, cut" : $"{name}, damaged";
        return layer.Summary;
    }

    /// <summary>Adds bytes that nobody reads further.</summary>
    /// <param name="bytes">The bytes; of none there is no layer.</param>
    /// <param name="place">Where they stand.</param>
    /// <param name="note">What is known about them, or null.</param>
    internal void AddData(ReadOnlySpan<byte> bytes, Place place, string? note = null)
    {
        if (bytes.IsEmpty || !KeepsFields) return;
        var layer = Begin("data", place);
        layer.Length = bytes.Length;
        layer.Summary = FieldText.Octets((uint)bytes.Length) + " of data" + (note is null ? "" : ": " + note);
    }

    /// <summary>Adds what became whole with this packet.</summary>
    internal void AddPart(ReassembledPart part) => (_parts ??= []).Add(part);

    /// <summary>True if a packet may be opened inside the packet; else says so as a fault.</summary>
    internal bool MayGoDeeper(Place place)
    {
        if (_layers.Count < MaxLayers) return true;
        Report(WireError.LimitExceeded("frame", 0, MaxLayers, "layers in one frame"), place);
        return false;
    }

    /// <summary>The packet's summary, with the fault in it.</summary>
    internal string ToSummary(string summary)
    {
        if (_fault is not { } fault) return summary;
        var word = fault is { Kind: WireErrorKind.TooShort, LimitedBy: LengthSource.Buffer } ? "cut" : "damaged";
        return $"{summary} ({word}: {fault})";
    }

    /// <summary>What was found. The context has then given all away.</summary>
    internal Dissection ToDissection(string summary)
    {
        var layers = Layers(areLent: false);
        Drop();
        return new Dissection(layers, _fault, _faultOffset, ToSummary(summary)) { Reassembled = Parts };
    }

    /// <summary>What was found, in memory that is valid until <see cref="Drop"/>.</summary>
    internal Dissection Lend(string summary)
        => new(Layers(areLent: true), _fault, _faultOffset, ToSummary(summary)) { Reassembled = Parts, Lender = this };

    /// <summary>The same as a part of another packet's dissection. What became whole inside goes there first.</summary>
    internal ReassembledPart ToPart(string name, IReadOnlyList<int> packets, ReadOnlyMemory<byte> bytes, string summary)
    {
        var layers = Layers(areLent: false);
        Drop();
        return new ReassembledPart(name, packets, bytes, layers, _fault, _faultOffset, summary) { Inner = Parts };
    }

    /// <summary>Gives the layers' memory back.</summary>
    internal void Drop()
    {
        // The first layer's last, so that the next packet's first layer takes it: layers are alike from packet to packet.
        for (var i = _layers.Count - 1; i >= 0; i--) pool.Return(_layers[i]);
        _layers.Clear();
    }

    private IReadOnlyList<ReassembledPart> Parts => _parts is null ? [] : _parts.AsReadOnly();

    private ReadOnlyCollection<DissectedLayer> Layers(bool areLent)
    {
        var layers = new DissectedLayer[_layers.Count];
        for (var i = 0; i < layers.Length; i++) layers[i] = _layers[i].ToLayer(areLent);
        return Array.AsReadOnly(layers);
    }
}
