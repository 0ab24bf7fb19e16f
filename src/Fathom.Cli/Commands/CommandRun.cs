using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Fathom.Cli.Output;
using Fathom.Hosts;
using Fathom.Wire.Application;
using Fathom.Wire.Internet;
using Spectre.Console;

namespace Fathom.Cli.Commands;

/// <summary>
/// One run of a command: where its results go and how. Results are written to standard output, progress and
/// complaints to standard error. Made by <see cref="From"/> at the start of a command's action.
/// </summary>
internal sealed class CommandRun
{
    private readonly Lock _writing = new();
    private INetworkHost? _host;
    private IAnsiConsole? _console;

    private CommandRun(OutputFormat format, bool explain, bool showEquivalent)
    {
        Format = format;
        Explain = explain;
        ShowEquivalent = showEquivalent;
    }

    /// <summary>How results are written.</summary>
    public OutputFormat Format { get; }

    /// <summary>Results are for people.</summary>
    public bool IsText => Format == OutputFormat.Text;

    /// <summary><c>--explain</c> was given.</summary>
    public bool Explain { get; }

    /// <summary><c>--show-equivalent</c> was given.</summary>
    public bool ShowEquivalent { get; }

    /// <summary>Standard output, for results that are not rendered by <see cref="Console"/>.</summary>
    public TextWriter Output { get; } = System.Console.Out;

    /// <summary>Standard error.</summary>
    public TextWriter Errors { get; } = System.Console.Error;

    /// <summary>Standard output for rendered text.</summary>
    public IAnsiConsole Console => _console ??= Terminal.Create();

    /// <summary>The network that is asked: this machine's, or the lab's.</summary>
    public INetworkHost Host => _host ??= NetworkChoice.Create();

    /// <summary>Reads the common options of a parsed command line; an option that the command does not have is null.</summary>
    public static CommandRun From(ParseResult parsed, Option<string>? output = null, Option<bool>? explain = null, Option<bool>? showEquivalent = null)
        => new(
            output is null ? OutputFormat.Text : Enum.Parse<OutputFormat>(parsed.GetValue(output)!, true),
            explain is not null && parsed.GetValue(explain),
            showEquivalent is not null && parsed.GetValue(showEquivalent));

    /// <summary>A server begins, which the signal only ends: it is told where its clients can come from, since a lab that runs one command has no others.</summary>
    public void ServeUntilInterrupted()
    {
        NetworkChoice.LastUntilInterrupted();
        if (NetworkChoice.IsAlone) Complain("nobody else runs a command in this lab, so nobody comes; 'fathom lab shell' runs several beside each other", ExitStatus.Good);
    }

    /// <summary>Says on one line what is wrong with the command line; nothing was sent.</summary>
    /// <param name="reason">What was given and what was expected. It is escaped here.</param>
    /// <returns><see cref="ExitStatus.Usage"/>.</returns>
    public int Refuse(string reason) => Complain(reason, ExitStatus.Usage);

    /// <summary>Says on one line why it could not be measured.</summary>
    /// <param name="reason">The reason. It is escaped here.</param>
    /// <returns><see cref="ExitStatus.Unknown"/>.</returns>
    public int CannotTell(string reason) => Complain(reason, ExitStatus.Unknown);

    /// <summary>Says on one line why this host could not do it, with the remedy.</summary>
    /// <returns><see cref="ExitStatus.Unknown"/>.</returns>
    public int CannotTell(HostRefusal refusal) => CannotTell(refusal.Remedy is { } remedy ? $"{refusal.Reason} Remedy: {remedy}" : refusal.Reason);

    /// <summary>Writes one line on standard error, escaped.</summary>
    /// <param name="reason">The line, without "fathom: ".</param>
    /// <param name="status">The exit status to return.</param>
    public int Complain(string reason, int status)
    {
        lock (_writing) Errors.WriteLine("fathom: " + TextSanitizer.Escape(reason));
        return status;
    }

    /// <summary>Reads <c>--timeout</c>: seconds from 0.001 to 86,400. Complains where it is not.</summary>
    public bool TryGetTimeout(ParseResult parsed, Option<double> option, out TimeSpan timeout)
    {
        var seconds = parsed.GetValue(option);
        timeout = default;
        if (seconds is not (>= 0.001 and <= 86400))
        {
            Refuse(string.Create(CultureInfo.InvariantCulture, $"{option.Name} {seconds}: expected seconds from 0.001 to 86400"));
            return false;
        }

        timeout = TimeSpan.FromSeconds(seconds);
        return true;
    }

    /// <summary>Reads <c>-4</c> and <c>-6</c>, which exclude each other. Complains where both are there.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="v4"><c>-4</c>.</param>
    /// <param name="v6"><c>-6</c>.</param>
    /// <param name="version">The version asked for, or null for both.</param>
    public bool TryGetVersion(ParseResult parsed, Option<bool> v4, Option<bool> v6, out IpVersion? version)
    {
        var (four, six) = (parsed.GetValue(v4), parsed.GetValue(v6));
        version = four ? IpVersion.V4 : six ? IpVersion.V6 : null;
        if (!four || !six) return true;
        Refuse("-4 and -6 exclude each other; give one of them, or none for both");
        return false;
    }

    /// <summary>Writes one JSON object: on several lines for json, on one for ndjson. Safe for concurrent use.</summary>
    /// <param name="schema">The document's schema, "fathom.ip/1"; it becomes the first member.</param>
    /// <param name="write">Writes the other members.</param>
    public void WriteJson(string schema, Action<Utf8JsonWriter> write)
    {
        var text = JsonText.Object(Format == OutputFormat.Json, writer =>
        {
            writer.WriteString("schema", schema);
            write(writer);
        });
        lock (_writing)
        {
            Output.WriteLine(text);
            Output.Flush();
        }
    }

    /// <summary>After a result for people: what happened in plain words, and the usual tool's line, where they were asked for.</summary>
    /// <param name="explanation">The words; markup is not read.</param>
    /// <param name="equivalents">Command lines of usual tools.</param>
    public void WriteAside(string? explanation, params string[] equivalents)
    {
        if (!IsText) return;
        if (Explain && explanation is not null)
        {
            Console.WriteLine();
            Console.Write(new Padder(new Text(TextSanitizer.Escape(explanation)), new Padding(2, 0, 0, 0)));
        }

        if (!ShowEquivalent || equivalents.Length == 0) return;
        Output.WriteLine();
        foreach (var line in equivalents) Output.WriteLine("  $ " + TextSanitizer.Escape(line));
    }
}
