namespace Fathom.Wire.Dissection;

/// <summary>A dissection under way.</summary>
internal sealed class DissectionContext(ApplicationDissectors applications)
{
    /// <summary>
    /// Layers in one frame. Real packets have under ten; a quoted packet in a tunnel under twenty. It bounds the recursion of
    /// packets inside packets.
    /// </summary>
    internal const int MaxLayers = 32;

    private readonly List<LayerWriter> _layers = [];
    private WireError? _fault;
    private int _faultOffset;

    internal ApplicationDissectors Applications => applications;

    /// <summary>The end of the last protocol that has a length of its own: what follows is padding. Quotes do not count.</summary>
    internal int NetworkEnd { get; private set; } = -1;

    internal LayerWriter Begin(string protocol, Place place)
    {
        var layer = new LayerWriter(protocol, place);
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
    internal void AddData(ReadOnlySpan<byte> bytes, Place place)
    {
        if (bytes.IsEmpty) return;
        var layer = Begin("data", place);
        layer.Length = bytes.Length;
        layer.Summary = FieldText.Octets((uint)bytes.Length) + " of data";
    }

    /// <summary>True if a packet may be opened inside the packet; else says so as a fault.</summary>
    internal bool MayGoDeeper(Place place)
    {
        if (_layers.Count < MaxLayers) return true;
        Report(WireError.LimitExceeded("frame", 0, MaxLayers, "layers in one frame"), place);
        return false;
    }

    internal Dissection ToDissection(string summary)
    {
        if (_fault is { } fault)
        {
            var word = fault is { Kind: WireErrorKind.TooShort, LimitedBy: LengthSource.Buffer } ? "cut" : "damaged";
            summary = $"{summary} ({word}: {fault})";
        }

        return new Dissection(_layers.ConvertAll(layer => layer.ToLayer()).AsReadOnly(), _fault, _faultOffset, summary);
    }
}
