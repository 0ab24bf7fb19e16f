using System.CommandLine;
using Fathom.Lab;
using Fathom.Lab.Capture;
using Fathom.Lab.Link;

namespace Fathom.Cli.Labs;

/// <summary>Saves what passes ports of a lab while a command runs in it.</summary>
internal sealed class LabSave : IDisposable
{
    private readonly FileStream _file;
    private readonly LabCapture _capture;

    private LabSave(FileStream file, LabCapture capture) => (_file, _capture) = (file, capture);

    /// <summary>Begins, if the command line says so.</summary>
    /// <param name="lab">The lab.</param>
    /// <param name="host">The command's host.</param>
    /// <param name="parsed">The command line; it loses an option of the command's own that would write the same file.</param>
    /// <param name="save">What saves; null: nothing is to be saved, or the command does it itself.</param>
    /// <param name="reason">Why not, where the answer is false.</param>
    public static bool TryStart(Fathom.Lab.Lab lab, LabHost host, ref ParseResult parsed, out LabSave? save, out string reason)
    {
        (save, reason) = (null, string.Empty);
        var option = LabFlags.FindPcap(parsed.CommandResult.Command);
        var path = option is null ? null : parsed.GetValue(option);
        var places = parsed.GetValue(LabFlags.PcapAt);
        if (path is null)
        {
            reason = places is null ? string.Empty : "--pcap-at says where to look: add --pcap FILE";
            return places is null;
        }

        if (option != LabFlags.Pcap && places is null) return true;
        var ports = new List<LabPort>();
        foreach (var name in places?.Split(',') ?? [])
        {
            if (lab.FindPort(name) is not { } port)
            {
                reason = $"--pcap-at {name}: the lab has no such port; there are {string.Join(", ", lab.Hosts.SelectMany(static h => h.Ports).Select(static p => p.Name))}";
                return false;
            }

            ports.Add(port);
        }

        if (option != LabFlags.Pcap) parsed = Without(parsed, option!.Name);
        try
        {
            var file = File.Create(path);
            save = new LabSave(file, LabCapture.Start(lab, file, places is null ? host.Ports : ports, leaveOpen: true));
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            reason = $"--pcap {path}: {e.Message}";
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _capture.Dispose();
        _file.Dispose();
    }

    private static ParseResult Without(ParseResult parsed, string option)
    {
        var words = parsed.Tokens.Select(static t => t.Value).ToList();
        words.RemoveRange(words.IndexOf(option), 2);
        return parsed.RootCommandResult.Command.Parse(words, new ParserConfiguration { ResponseFileTokenReplacer = null });
    }
}
