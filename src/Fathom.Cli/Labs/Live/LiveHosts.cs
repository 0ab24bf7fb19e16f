using System.Globalization;
using Fathom.Cli.Output;
using Fathom.Lab;
using Fathom.Lab.Capture;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Fathom.Cli.Labs.Live;

/// <summary>The live picture of a lab: its hosts with what they sent and got, and below the last packets and events.</summary>
internal sealed class LiveHosts : IDisposable
{
    // Title, headings, rules and the blank lines between.
    private const int OtherRows = 6;
    private const int LeastLines = 4;

    private readonly Fathom.Lab.Lab _lab;
    private readonly string _title;
    private readonly TimeSpan _begin;
    private readonly JourneyRecorder _recorder;
    private readonly EventLines _lines;
    private readonly Dictionary<LabHost, (int Sent, int Got, int Lost, TimeSpan Last)> _counts = [];
    private readonly Queue<string> _recent = new();
    private readonly int _height;

    /// <summary>Begins to watch.</summary>
    /// <param name="lab">The lab.</param>
    /// <param name="title">What it is.</param>
    /// <param name="width">The terminal's width.</param>
    /// <param name="height">The terminal's height.</param>
    public LiveHosts(Fathom.Lab.Lab lab, string title, int width, int height)
    {
        (_lab, _title, _begin, _height) = (lab, title, lab.Clock.Now, height);
        _recorder = new JourneyRecorder(lab, int.MaxValue) { KeepsJourneys = false, Arrived = OnArrived, Lost = OnLost };
        _lines = new EventLines(lab, _begin, width - 1, Keep);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _recorder.Dispose();
        _lines.Dispose();
    }

    /// <summary>The picture as it is now.</summary>
    public IRenderable Draw()
    {
        var room = Math.Max(3, _height - OtherRows - LeastLines);
        var hosts = _lab.Hosts.Where(static h => h.Ports.Count > 0).ToList();
        if (hosts.Count > room) hosts = [.. hosts.OrderByDescending(h => _counts.GetValueOrDefault(h).Last).Take(room).OrderBy(h => _lab.Hosts.ToList().IndexOf(h))];
        var rows = hosts.Select(h =>
        {
            var (sent, got, lost, last) = _counts.GetValueOrDefault(h);
            var isBusy = last > TimeSpan.Zero && _lab.Clock.Now - last < TimeSpan.FromMilliseconds(200);
            var state = !h.IsUp ? "down" : h.Ports.Any(static p => p.Link is { IsPulled: true }) ? "cable pulled" : isBusy ? "●" : string.Empty;
            return (IReadOnlyList<string>)[h.Name, Number(sent), Number(got), Number(lost), state];
        });
        var lines = _recent.TakeLast(Math.Max(LeastLines, _height - OtherRows - hosts.Count)).ToList();
        return new Rows(
            new Markup($"[bold]{Listing.Safe(_title)}[/]  {LabTimeText.Of(_lab.Clock.Now - _begin)}"),
            Text.Empty,
            Listing.Columns(["host", "sent", "got", "lost", ""], rows),
            Text.Empty,
            new Text(string.Join('\n', lines)));
    }

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
