using System.Globalization;
using Fathom.Cli.Output;
using Fathom.Lab;
using Fathom.Lab.Capture;
using Fathom.Lab.Scenarios;
using Fathom.Lab.Time;
using Fathom.Wire.Application;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Fathom.Cli.Labs.Live;

/// <summary>The live picture of a lab: its hosts with what they sent and got, and below the last packets and events.</summary>
internal sealed class LiveHosts : IDisposable
{
    // Title, headings, the line that is typed, the keys, and the blank lines between.
    private const int OtherRows = 8;
    private const int LeastLines = 4;

    // At the end there is nothing to type; the summary and the shell have two of those three lines.
    private const int EndRows = 1;

    // What a busy host is marked for after its last packet: long enough to be seen at any speed of drawing.
    private static readonly TimeSpan Busy = TimeSpan.FromMilliseconds(200);

    private readonly Fathom.Lab.Lab _lab;
    private readonly LabPacer? _pacer;
    private readonly string _title;
    private readonly TimeSpan _begin;
    private readonly JourneyRecorder _recorder;
    private readonly EventLines _lines;
    private readonly Dictionary<LabHost, (int Sent, int Got, int Lost, TimeSpan Last)> _counts = [];
    private readonly Queue<string> _recent = new();
    private readonly int _height;
    private readonly int _width;

    /// <summary>Begins to watch.</summary>
    /// <param name="world">The lab.</param>
    /// <param name="pacer">What holds it to real time; null: nothing does.</param>
    /// <param name="width">The terminal's width.</param>
    /// <param name="height">The terminal's height.</param>
    public LiveHosts(LabWorld world, LabPacer? pacer, int width, int height)
    {
        (_lab, _pacer, _title, _begin, _width, _height) = (world.Lab, pacer, world.Scenario.Title, world.Lab.Clock.Now, width, height);
        _recorder = new JourneyRecorder(_lab, int.MaxValue) { KeepsJourneys = false, Arrived = OnArrived, Lost = OnLost };
        _lines = new EventLines(_lab, _begin, width - 1, Keep);
    }

    /// <summary>What was answered to the last words; empty: nothing.</summary>
    public string Answer { get; set; } = string.Empty;

    /// <summary>The answer says why not.</summary>
    public bool IsRefusal { get; set; }

    /// <summary>What is being typed.</summary>
    public string Begun { get; set; } = string.Empty;

    /// <summary>Nothing can be said any more.</summary>
    public bool HasEnded { get; set; }

    /// <summary>What is broken; null: it is not known.</summary>
    public LabBreakage? Broken { get; init; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _recorder.Dispose();
        _lines.Dispose();
    }

    /// <summary>The picture as it is now.</summary>
    public IRenderable Draw()
    {
        var answer = Answer.Length == 0 || HasEnded ? [] : Answer.Split('\n').Take(Math.Max(1, _height - OtherRows - 1)).ToList();
        var room = Math.Max(1, _height - OtherRows - Math.Max(LeastLines, answer.Count));
        var rows = Shown(room).Select(h =>
        {
            var (sent, got, lost, last) = _counts.GetValueOrDefault(h);
            var isBusy = last > TimeSpan.Zero && _lab.Clock.Now - last < Busy;
            return (IReadOnlyList<string>)[h.Name, Number(sent), Number(got), Number(lost), HostLines.StateOf(h) ?? (isBusy ? "●" : string.Empty)];
        }).ToList();

        // An answer takes the place of packets, until the next word; at the end there is nothing to type any more.
        var left = Math.Max(LeastLines, _height - OtherRows - rows.Count) + (HasEnded ? EndRows : 0);
        var packets = Math.Max(0, left - answer.Count);
        List<IRenderable> parts =
        [
            new Markup(Heading()),
            Text.Empty,
            Listing.Columns(["host", "sent", "got", "lost", ""], rows),
            Text.Empty,
        ];
        if (packets > 0 && _recent.Count > 0) parts.Add(new Text(string.Join('\n', _recent.TakeLast(packets))));
        if (answer.Count > 0) parts.Add(new Text(string.Join('\n', answer.Select(Cut)), new Style(IsRefusal ? Color.Red : null, decoration: Decoration.Bold)));
        if (!HasEnded)
        {
            parts.Add(Text.Empty);
            parts.Add(new Markup($"> {Listing.Safe(Begun)}[grey]_[/]"));
            parts.Add(new Markup(_pacer is null ? "[grey]break FAULT · mend · hosts · help · quit[/]" : _pacer.IsPaused ? "[grey]space go on · Enter next event · break FAULT · mend · help · quit[/]" : "[grey]space pause · + - speed · break FAULT · mend · hosts · help · quit[/]"));
        }

        return new Rows(parts);
    }

    private string Heading()
    {
        var speed = _pacer is null ? string.Empty : _pacer.IsPaused ? "  paused" : _pacer.Speed == 1 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"  speed {_pacer.Speed:0.######}");
        var broken = Broken is { } all && string.Join(' ', all.Words) is { Length: > 0 } words ? $"  broken: {words}" : string.Empty;
        var rest = $"  {LabTimeText.Of(_lab.Clock.Now - _begin)}{speed}";
        broken = broken.Length > _width - _title.Length - rest.Length - 1 ? "  broken" : broken;
        return $"[bold]{Listing.Safe(_title)}[/]{rest}[red]{Listing.Safe(broken)}[/]";
    }

    // Where not all have room, those that have had something to do last.
    private List<LabHost> Shown(int room)
    {
        var hosts = _lab.Hosts.Where(static h => h.Ports.Count > 0).ToList();
        if (hosts.Count <= room) return hosts;
        var busiest = hosts.OrderByDescending(h => _counts.GetValueOrDefault(h).Last).Take(room).ToHashSet();
        return [.. hosts.Where(busiest.Contains)];
    }

    private string Cut(string line) => TextSanitizer.Escape(line) is var safe && safe.Length < _width ? safe : safe[..(_width - 2)] + "…";

    private static string Number(int value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private void OnArrived(JourneyHop hop, LabHost at)
    {
        if (hop.Arrivals.Count == 1) Count(hop.From.Host, static c => c with { Sent = c.Sent + 1 });
        Count(at, static c => c with { Got = c.Got + 1 });
    }

    private void OnLost(JourneyHop hop) => Count(hop.From.Host, static c => c with { Sent = c.Sent + 1, Lost = c.Lost + 1 });

    private void Count(LabHost host, Func<(int Sent, int Got, int Lost, TimeSpan Last), (int Sent, int Got, int Lost, TimeSpan Last)> change)
        => _counts[host] = change(_counts.GetValueOrDefault(host)) with { Last = _lab.Clock.Now };

    private void Keep(string line)
    {
        _recent.Enqueue(line);
        if (_recent.Count > _height) _recent.Dequeue();
    }
}
