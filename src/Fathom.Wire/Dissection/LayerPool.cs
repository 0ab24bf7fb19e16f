namespace Fathom.Wire.Dissection;

/// <summary>Layers' writers for one dissection after the other: what they needed for one packet they have for the next.</summary>
internal sealed class LayerPool
{
    private readonly Stack<LayerWriter> _idle = [];

    /// <summary>Begins a layer.</summary>
    internal LayerWriter Take(string protocol, Place place, bool keepsFields)
    {
        if (!_idle.TryPop(out var writer)) writer = new LayerWriter();
        writer.Begin(protocol, place, keepsFields);
        return writer;
    }

    /// <summary>Gives back a writer whose layer was taken, or is not wanted.</summary>
    internal void Return(LayerWriter writer) => _idle.Push(writer);
}
