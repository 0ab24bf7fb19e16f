using System.Runtime.CompilerServices;
using Fathom.Wire.Dissection;

namespace Fathom.Cli.Dissect;

/// <summary>The frames of the fields that came so far, in bounded memory.</summary>
/// <param name="pieces">For the members of a field's object.</param>
internal sealed class FieldFrames(JsonPieces pieces)
{
    // Fields differ in a few hundred ways. The table stays half empty; what comes when it is full, names from the network, gets a frame for itself.
    private const int Places = 2048;
    private const int MostFrames = Places / 2;

    private readonly FieldFrame?[] _frames = new FieldFrame?[Places];
    private int _count;

    /// <summary>The field's frame.</summary>
    /// <param name="field">The field.</param>
    /// <param name="previous">The frame of the field before it in its layer, or null. Not remembered here: what is written for each field would share a
    /// line of the cache with what another thread reads for each field.</param>
    public FieldFrame Of(in DissectedField field, FieldFrame? previous)
    {
        if (previous?.Next is { } next && next.IsOf(in field)) return next;
        var found = Find(in field);
        if (previous is not null) previous.Next = found;
        return found;
    }

    // Names and clauses are constants: the same object each time.
    private FieldFrame Find(in DissectedField field)
    {
        var hash = RuntimeHelpers.GetHashCode(field.Name) ^ (RuntimeHelpers.GetHashCode(field.Spec) * 31) ^ field.BitLength;
        for (var place = (uint)hash % Places; ; place = (place + 1) % Places)
        {
            if (_frames[place] is not { } frame)
            {
                frame = new FieldFrame(in field, pieces);
                return _count++ < MostFrames ? _frames[place] = frame : frame;
            }

            if (frame.IsOf(in field)) return frame;
        }
    }
}
