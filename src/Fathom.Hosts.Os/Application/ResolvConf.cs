using System.Net;
using Fathom.Wire.Internet;
using Fathom.Wire.Transport;

namespace Fathom.Hosts.Os.Application;

/// <summary>
/// resolv.conf as glibc reads it (res_vconf_init in resolv/res_init.c, 2.26 and later): a keyword at the very beginning of a line and
/// a blank after it; what is not understood is ignored; of "domain" and "search" the last one counts; the environment comes last.
/// </summary>
internal sealed class ResolvConf
{
    private const ushort DnsPort = 53;
    private const int MaximumServers = 3; // MAXNS
    private static readonly char[] Blanks = [' ', '\t'];

    private readonly List<IpEndpoint> _servers = [];
    private IReadOnlyList<string>? _search;

    private ResolvConf()
    {
    }

    /// <summary>The servers, at most three; none where no line names one.</summary>
    public IReadOnlyList<IpEndpoint> Servers => _servers;

    /// <summary>The search list without trailing dots, or null where neither file nor environment gives one.</summary>
    public IReadOnlyList<string>? Search => _search;

    public ResolverFlags Flags { get; } = new();

    /// <summary>Reads the file's text and the two environment variables.</summary>
    /// <param name="text">The text; empty for a file that is not there.</param>
    /// <param name="localDomain">LOCALDOMAIN, or null.</param>
    /// <param name="resOptions">RES_OPTIONS, or null.</param>
    public static ResolvConf Parse(string text, string? localDomain, string? resOptions)
    {
        var configuration = new ResolvConf();
        // LOCALDOMAIN takes the place of every domain and search line. Only its first line counts.
        if (localDomain is not null) configuration._search = Words(localDomain.Split('\n', 2)[0]);
        // Lines end with LF alone: the CR of a file from elsewhere belongs to the last word, and spoils an address.
        foreach (var range in text.AsSpan().Split('\n')) configuration.ReadLine(text.AsSpan(range), localDomain is not null);
        if (resOptions is not null) configuration.Flags.Read(resOptions);
        return configuration;
    }

    private void ReadLine(ReadOnlySpan<char> line, bool searchIsGiven)
    {
        var blank = line.IndexOfAny(' ', '\t');
        if (blank < 0) return;
        var rest = line[(blank + 1)..].TrimStart(Blanks);
        // Comments (# and ; in the first column) are no keyword either.
        switch (line[..blank])
        {
            case "nameserver":
                AddServer(FirstWord(rest));
                break;
            case "domain" when !searchIsGiven && !rest.IsEmpty:
                _search = Words(FirstWord(rest).ToString());
                break;
            case "search" when !searchIsGiven && !rest.IsEmpty:
                _search = Words(rest.ToString());
                break;
            case "options":
                Flags.Read(rest);
                break;
        }
    }

    private void AddServer(ReadOnlySpan<char> text)
    {
        if (_servers.Count >= MaximumServers) return;
        if (TryParseV4(text, out var address) || TryParseV6(text, out address)) _servers.Add(new IpEndpoint(address, DnsPort));
    }

    // glibc reads IPv4 by inet_aton: one to four parts, each decimal, octal or hexadecimal ("127.1"). So does IPAddress.
    private static bool TryParseV4(ReadOnlySpan<char> text, out IpAddress address)
    {
        address = default;
        if (text.IsEmpty || text.Contains(':') || !char.IsAsciiDigit(text[0])) return false;
        if (!IPAddress.TryParse(text, out var parsed) || parsed.AddressFamily != System.Net.Sockets.AddressFamily.InterNetwork) return false;
        Span<byte> bytes = stackalloc byte[4];
        parsed.TryWriteBytes(bytes, out _);
        address = IpAddress.FromBytes(bytes);
        return true;
    }

    // A zone is an interface's name or number; one that does not exist is forgotten, as glibc forgets it.
    private static bool TryParseV6(ReadOnlySpan<char> text, out IpAddress address)
    {
        var percent = text.IndexOf('%');
        if (!IpAddress.TryParse(percent < 0 ? text : text[..percent], out address) || !address.IsV6) return false;
        if (percent >= 0) address = address.WithZone(ZoneNumber.Of(text[(percent + 1)..]));
        return true;
    }

    private static ReadOnlySpan<char> FirstWord(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAny(' ', '\t');
        return end < 0 ? text : text[..end];
    }

    // The root, ".", in a search list leads to the name as it stands, which is tried anyway.
    private static string[] Words(string text)
        => [.. text.Split(Blanks, StringSplitOptions.RemoveEmptyEntries).Select(name => name.TrimEnd('.')).Where(name => name.Length > 0)];
}
