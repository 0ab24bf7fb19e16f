using Fathom.Services.Transport;
using Fathom.Wire.Application;

namespace Fathom.Cli.Host;

/// <summary>A service that a host can be asked for by name.</summary>
/// <param name="Name">The name.</param>
/// <param name="Port">Its port, by IANA's registry.</param>
/// <param name="Small">What serves it; null for HTTP, which has a server of its own.</param>
internal sealed record HostService(string Name, ushort Port, SmallService? Small)
{
    private const string FolderPrefix = "http:";

    /// <summary>The folder whose files HTTP serves; null: a page of its own.</summary>
    public string? Folder { get; private init; }

    /// <summary>All of them.</summary>
    public static IReadOnlyList<HostService> All { get; } =
        [.. SmallService.All.Select(static s => new HostService(s.Name, s.Port, s)), new HostService("http", 80, null)];

    /// <summary>Reads names, separated by commas; <c>http:DIR</c> alone is one, as a folder's name may have commas.</summary>
    public static bool TryParse(IEnumerable<string> texts, out IReadOnlyList<HostService> services, out string fault)
    {
        var read = new List<HostService>();
        services = read;
        fault = string.Empty;
        foreach (var name in texts.SelectMany(static t => t.StartsWith(FolderPrefix, StringComparison.Ordinal) ? [t] : t.Split(',', StringSplitOptions.TrimEntries)))
        {
            if (name.StartsWith(FolderPrefix, StringComparison.Ordinal))
            {
                var folder = name[FolderPrefix.Length..];
                if (!Directory.Exists(folder))
                {
                    fault = $"--serve '{TextSanitizer.Escape(name)}': there is no such folder";
                    return false;
                }

                read.RemoveAll(static s => s.Name == "http");
                read.Add(All.First(static s => s.Name == "http") with { Folder = folder });
                continue;
            }

            if (All.FirstOrDefault(s => s.Name == name) is not { } service)
            {
                fault = $"--serve '{name}': expected {string.Join(", ", All.Select(static s => s.Name))}, separated by commas, or http:DIR";
                return false;
            }

            if (read.All(s => s.Name != service.Name)) read.Add(service);
        }

        return true;
    }
}
