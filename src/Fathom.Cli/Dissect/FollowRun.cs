using System.Globalization;
using System.Text;
using Fathom.Cli.Commands;
using Fathom.Cli.Output;
using Fathom.Wire.Application;
using Fathom.Wire.Dissection;
using Fathom.Wire.Internet;
using Spectre.Console;

namespace Fathom.Cli.Dissect;

/// <summary>
/// <c>fathom dissect --follow N</c>: what both sides of a conversation said. The capture is read three times: to the packet, to see which
/// connection between its endpoints it belongs to, and for the conversation; so memory holds one turn of it.
/// </summary>
internal sealed class FollowRun(CommandRun run, PacketSource source, int number)
{
    private const string Schema = "fathom.dissect.follow/1";

    // A turn is shown in pieces of this size: memory does not grow with what one side says.
    private const int LongestTurn = 1 << 20;

    private long? _start;
    private int _turns;

    /// <summary>Runs.</summary>
    /// <param name="name">The input's name, for messages.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The exit status.</returns>
    public int Run(string name, CancellationToken cancellation)
    {
        try
        {
            source.PrepareToReadAgain();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return run.CannotTell($"standard input cannot be kept to be read again: {e.Message}");
        }

        SourcePacket? wanted = null;
        var read = 0;
        foreach (var packet in source.Read())
        {
            if (cancellation.IsCancellationRequested) return ExitStatus.Good;
            read++;
            _start ??= packet.UnixNanoseconds;
            if (packet.Number != number) continue;
            wanted = packet with { Bytes = packet.Bytes.ToArray() };
            break;
        }

        if (wanted is null) return run.Complain($"there is no packet {number}: {name} has {read}{(source.Error.IsError ? $", then: {source.Error}" : string.Empty)}", ExitStatus.Broken);
        if (!ConversationFollower.TryCreate(wanted.LinkType, wanted.Bytes.Span, out var follower))
            return run.Complain($"packet {number} is of no TCP or UDP conversation: {Dissector.Dissect(wanted.LinkType, wanted.Bytes).Summary}", ExitStatus.Broken);
        foreach (var packet in Again())
        {
            if (cancellation.IsCancellationRequested) return ExitStatus.Good;
            _ = follower.Accept(packet.LinkType, packet.Bytes.Span, packet.Number, Time(packet));
            if (packet.Number == number) break;
        }

        var incarnation = follower.Incarnation;
        _ = ConversationFollower.TryCreate(wanted.LinkType, wanted.Bytes.Span, out follower);
        return Follow(follower!, incarnation, cancellation);
    }

    private int Follow(ConversationFollower follower, int incarnation, CancellationToken cancellation)
    {
        var turn = new Turn();
        foreach (var packet in Again())
        {
            if (cancellation.IsCancellationRequested || follower.Incarnation > incarnation) break;
            var pieces = follower.Accept(packet.LinkType, packet.Bytes.Span, packet.Number, Time(packet));
            if (pieces is null || follower.Incarnation != incarnation) continue;
            foreach (var piece in pieces)
            {
                if (turn.Octets.Length > 0 && (turn.IsFromFirst != piece.IsFromFirst || turn.Octets.Length > LongestTurn || piece.Missing > 0 || follower.Protocol == IpProtocol.Udp)) Write(follower, turn);
                if (turn.Octets.Length == 0) (turn.IsFromFirst, turn.Missing, turn.Time) = (piece.IsFromFirst, piece.Missing, Time(packet));
                turn.Octets.Write(piece.Bytes.Span);
                turn.Packets.Add(piece.Packet);
            }
        }

        if (turn.Octets.Length > 0) Write(follower, turn);
        if (_turns == 0 && run.IsText) WriteTitle(follower);
        if (_turns == 0 && run.IsText) run.Console.WriteLine("  Nobody said anything: no packet of it carries data.");
        if (source.Error.IsError) return run.Complain($"{source.Error}", ExitStatus.Broken);
        run.WriteAside(
            "TCP numbers every octet, so that the receiver can put segments in their order, drop what came twice and see what is missing. This is what the programs at both ends read: no headers, no segments.",
            $"tshark -r FILE -q -z follow,{follower.Protocol.Describe().ToLowerInvariant()},ascii,STREAM");
        return ExitStatus.Good;
    }

    private IEnumerable<SourcePacket> Again()
    {
        source.Rewind();
        return source.Read();
    }

    private TimeSpan? Time(SourcePacket packet) => PacketTime.Since(packet.UnixNanoseconds, _start);

    private void WriteTitle(ConversationFollower follower)
    {
        run.Console.Write(Listing.Heading($"{follower.Protocol.Describe()} {follower.First} ⇄ {follower.Second}"));
        run.Console.WriteLine();
    }

    private void Write(ConversationFollower follower, Turn turn)
    {
        var bytes = turn.Octets.ToArray();
        if (!run.IsText) WriteJson(follower, turn, bytes);
        else WriteText(follower, turn, bytes);
        _turns++;
        turn.Octets.SetLength(0);
        turn.Packets.Clear();
    }

    private void WriteJson(ConversationFollower follower, Turn turn, byte[] bytes) => run.WriteJson(Schema, writer =>
    {
        writer.WriteString("protocol", follower.Protocol.Describe());
        writer.WriteString("from", (turn.IsFromFirst ? follower.First : follower.Second).ToString());
        writer.WriteString("to", (turn.IsFromFirst ? follower.Second : follower.First).ToString());
        if (turn.Time is { } time) writer.WriteNumber("seconds", time.TotalSeconds);
        writer.WriteStartArray("packets");
        foreach (var packet in turn.Packets) writer.WriteNumberValue(packet);
        writer.WriteEndArray();
        if (turn.Missing > 0) writer.WriteNumber("missingBefore", turn.Missing);
        writer.WriteNumber("length", bytes.Length);
        if (IsText(bytes)) writer.WriteString("text", Encoding.UTF8.GetString(bytes));
        writer.WriteBase64String("octets", bytes);
    });

    private void WriteText(ConversationFollower follower, Turn turn, byte[] bytes)
    {
        if (_turns == 0) WriteTitle(follower);
        var console = run.Console;
        console.WriteLine();
        if (turn.Missing > 0)
        {
            console.Write(new Markup(string.Create(CultureInfo.InvariantCulture, $"[yellow]… {NumberText.Count(turn.Missing, "octet", "octets")} {(turn.Missing == 1 ? "is" : "are")} not in the capture[/]")));
            console.WriteLine();
        }

        var (arrow, color, side) = turn.IsFromFirst ? ("→", "aqua", follower.First) : ("←", "fuchsia", follower.Second);
        var time = turn.Time is { } at ? string.Create(CultureInfo.InvariantCulture, $", {at.TotalSeconds:F6} s") : string.Empty;
        console.Write(new Markup(string.Create(CultureInfo.InvariantCulture, $"[bold {color}]{arrow} {Listing.Safe(side.ToString())}[/] [grey]{PacketTree.Numbers(turn.Packets.Distinct().ToList())}, {NumberText.Count(bytes.Length, "octet", "octets")}{time}[/]")));
        console.WriteLine();
        if (!IsText(bytes))
        {
            foreach (var line in PacketHex.Dump(bytes, static (_, text) => Markup.Escape(text))) console.Write(new Padder(new Markup($"[{color}]{line}[/]"), new Padding(2, 0, 0, 0)));
            return;
        }

        var text = Encoding.UTF8.GetString(bytes);
        var lines = text.Split('\n');
        var last = lines.Length - (lines[^1].Length == 0 ? 1 : 0);
        for (var i = 0; i < last; i++) console.Write(new Padder(new Text(TextSanitizer.Escape(lines[i].TrimEnd('\r')), Style.Parse(color)), new Padding(2, 0, 0, 0)));
    }

    // What a person reads as text: valid UTF-8 without control characters but for those of lines.
    private static bool IsText(ReadOnlySpan<byte> bytes)
        => System.Text.Unicode.Utf8.IsValid(bytes) && !bytes.ContainsAny(Controls);

    private static readonly System.Buffers.SearchValues<byte> Controls = System.Buffers.SearchValues.Create(
        [.. Enumerable.Range(0, 32).Where(static c => c is not ('\t' or '\n' or '\r')).Select(static c => (byte)c), 0x7F]);

    private sealed class Turn
    {
        public MemoryStream Octets { get; } = new();

        public List<int> Packets { get; } = [];

        public bool IsFromFirst { get; set; }

        public long Missing { get; set; }

        public TimeSpan? Time { get; set; }
    }
}
