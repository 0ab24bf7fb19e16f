using System.Globalization;
using Fathom.Cli.Labs.Sequence;
using Fathom.Lab;
using Fathom.Lab.Capture;
using Fathom.Lab.Events;
using Fathom.Wire.Application;

namespace Fathom.Cli.Labs.Live;

/// <summary>What happens in a lab, a line for each packet that reaches a host or is lost, and for each event.</summary>
internal sealed class EventLines : IDisposable
{
    private const int LeastPlace = 11;
    private const int MostPlace = 32;

    private readonly Fathom.Lab.Lab _lab;
    private readonly JourneyRecorder _recorder;
    private readonly PacketLabel _labels = new();
    private readonly Action<string> _write;
    private readonly int _width;
    private readonly int _placeWidth;
    private readonly TimeSpan _begin;
    private int _number;

    /// <summary>Begins to watch.</summary>
    /// <param name="lab">The lab.</param>
    /// <param name="begin">The moment from which times are counted.</param>
    /// <param name="width">What a line may take at the most.</param>
    /// <param name="write">Takes the lines.</param>
    public EventLines(Fathom.Lab.Lab lab, TimeSpan begin, int width, Action<string> write)
    {
        _lab = lab;
        _begin = begin;
        _width = width;
        _write = write;

        // As wide as the two longest names with an arrow between them, where that is not too wide.
        var names = lab.Hosts.Select(static h => h.Name.Length).OrderDescending().Take(2).Sum() + 3;
        _placeWidth = Math.Clamp(names, LeastPlace, MostPlace);

        // It may run for days: only what is under way is remembered.
        _recorder = new JourneyRecorder(lab, int.MaxValue) { KeepsJourneys = false, Arrived = OnArrived, Lost = OnLost };
        lab.Told += OnEvent;
    }

    /// <summary>Packets that have reached a host or were lost so far.</summary>
    public int Packets => _number;

    /// <inheritdoc/>
    public void Dispose()
    {
        _recorder.Dispose();
        _lab.Told -= OnEvent;
    }

    private void OnArrived(JourneyHop hop, LabHost at) => Write(_lab.Clock.Now, Way(hop.From.Host.Name, at.Name), LabelOf(hop));

    private void OnLost(JourneyHop hop) => Write(_lab.Clock.Now, Way(hop.From.Host.Name, "✗"), $"{LabelOf(hop)} ({DropText.Of(hop.Dropped!.Value)})");

    private void OnEvent(LabEvent happened) => Write(happened.At, happened.Place, happened.What);

    // Where lines are cut, long names may not take the room of what they send.
    private string Way(string from, string to) => _width == int.MaxValue ? $"{from} → {to}" : ShortName.OfTwo(from, to, _placeWidth);

    private string LabelOf(JourneyHop hop) => _labels.Of(++_number, hop.SentAt, hop.LinkType, hop.Frame);

    private void Write(TimeSpan at, string where, string what)
    {
        var line = string.Create(CultureInfo.InvariantCulture, $"{(at - _begin).TotalSeconds,11:0.000000}  {TextSanitizer.Escape(where).PadRight(_placeWidth)}  {TextSanitizer.Escape(what)}");
        _write(ShortName.OfLine(line, _width));
    }
}
