using System.Globalization;

namespace Fathom.Wire.Encapsulation;

/// <summary>What is noted while a journey runs.</summary>
internal sealed class JourneyLog
{
    internal List<JourneyStep> Steps { get; } = [];

    internal List<JourneyFrame> Frames { get; } = [];

    internal void Add(TimeSpan at, JourneyEvent what, int number, FormattableString text)
        => Steps.Add(new JourneyStep(at, what, number, text.ToString(CultureInfo.InvariantCulture)));

    internal void Saw(TimeSpan at, bool toReceiver, ReadOnlyMemory<byte> frame) => Frames.Add(new JourneyFrame(at, toReceiver, frame));
}
