using System.Text;
using Fathom.Hosts;
using Fathom.Hosts.Transport;
using Fathom.Wire.Application;
using Fathom.Wire.Internet;

namespace Fathom.Probes.Application.Tls;

/// <summary>
/// Brings a connection to the point where TLS begins: reads the greeting, says the word of the protocol, and reads the consent. What
/// an attacker on the way can do here (take STARTTLS out of the server's list, put commands behind it) is told by name.
/// </summary>
public static class StartTls
{
    // RFC 5321 §4.5.3.1.5: a reply line has at most 512 octets; the others name no limit. A server needs no more lines than these for its list.
    private const int MaximumLine = 2048;
    private const int MaximumLines = 100;

    /// <summary>The registered port of the protocol, where nobody names another.</summary>
    /// <param name="protocol">The protocol.</param>
    public static ushort PortOf(StartTlsProtocol protocol) => protocol switch { StartTlsProtocol.Smtp => 25, StartTlsProtocol.Imap => 143, StartTlsProtocol.Pop3 => 110, _ => 21 };

    /// <summary>Says the words.</summary>
    /// <param name="host">Gives the time.</param>
    /// <param name="connection">An open connection on which nothing was said yet. It stays the caller's.</param>
    /// <param name="protocol">The protocol.</param>
    /// <param name="timeout">How long all of it may take.</param>
    /// <param name="cancellation">Ends it with an <see cref="OperationCanceledException"/>.</param>
    public static async Task<StartTlsOutcome> RunAsync(INetworkHost host, IStreamConnection connection, StartTlsProtocol protocol, TimeSpan timeout, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(host);
        ArgumentNullException.ThrowIfNull(connection);
        using var deadline = new Deadline(host.Time, timeout, cancellation);
        var talk = new Talk(connection, deadline.Token);
        try
        {
            var failure = protocol switch
            {
                StartTlsProtocol.Smtp => await SmtpAsync(talk, connection.Local.Address),
                StartTlsProtocol.Imap => await ImapAsync(talk),
                StartTlsProtocol.Pop3 => await Pop3Async(talk),
                _ => await FtpAsync(talk),
            };
            return new StartTlsOutcome(talk.Lines, failure ?? talk.Surplus);
        }
        catch (OperationCanceledException) when (deadline.Passed)
        {
            return new StartTlsOutcome(talk.Lines, FormattableString.Invariant($"the server said nothing more within {timeout.TotalSeconds:0.###} s"));
        }
    }

    private static async Task<string?> SmtpAsync(Talk talk, IpAddress own)
    {
        if (await talk.ReplyAsync("220") is { } greeting) return greeting;

        // RFC 5321 §4.1.3 and §4.1.4: a client without a name of its own gives its address.
        await talk.SayAsync(own.IsV6 ? $"EHLO [IPv6:{own.WithZone(0)}]" : $"EHLO [{own}]");
        var before = talk.Lines.Count;
        if (await talk.ReplyAsync("250") is { } unknown) return unknown;
        if (!talk.Lines.Skip(before).Any(static l => l.Text.Length > 4 && l.Text[4..].Trim().Equals("STARTTLS", StringComparison.OrdinalIgnoreCase)))
            return "the server does not offer STARTTLS: it has no TLS here, or somebody on the way took it out of the list";
        await talk.SayAsync("STARTTLS");
        return await talk.ReplyAsync("220");
    }

    private static async Task<string?> ImapAsync(Talk talk)
    {
        if (await talk.LineAsync() is not { } greeting) return talk.Ended;
        if (!greeting.StartsWith("* OK", StringComparison.OrdinalIgnoreCase)) return Talk.Unexpected(greeting, "* OK");
        await talk.SayAsync("a1 STARTTLS");
        while (await talk.LineAsync() is { } line)
        {
            // RFC 9051 §2.2.2: lines that begin with "*" are not the answer.
            if (line.StartsWith("* ", StringComparison.Ordinal)) continue;
            return line.StartsWith("a1 OK", StringComparison.OrdinalIgnoreCase) ? null : Talk.Unexpected(line, "a1 OK");
        }

        return talk.Ended;
    }

    private static async Task<string?> Pop3Async(Talk talk)
    {
        foreach (var word in (string?[])[null, "STLS"])
        {
            if (word is not null) await talk.SayAsync(word);
            if (await talk.LineAsync() is not { } line) return talk.Ended;
            if (!line.StartsWith("+OK", StringComparison.OrdinalIgnoreCase)) return Talk.Unexpected(line, "+OK");
        }

        return null;
    }

    private static async Task<string?> FtpAsync(Talk talk)
    {
        if (await talk.ReplyAsync("220") is { } greeting) return greeting;
        await talk.SayAsync("AUTH TLS");
        return await talk.ReplyAsync("234");
    }

    /// <summary>Lines out and in over one connection.</summary>
    private sealed class Talk(IStreamConnection connection, CancellationToken cancellation)
    {
        private readonly List<StartTlsLine> _lines = [];
        private readonly List<byte> _pending = [];
        private readonly byte[] _buffer = new byte[4096];
        private string _ended = "the server closed the connection before TLS";

        public IReadOnlyList<StartTlsLine> Lines => _lines;

        public string Ended => _ended;

        /// <summary>Octets behind the consent come before TLS does, and nobody vouches for them (RFC 3207 §6; CVE-2011-0411 in clients).</summary>
        public string? Surplus => _pending.Count == 0 ? null
            : FormattableString.Invariant($"{_pending.Count} octets came behind the consent, in the clear: somebody on the way may have put them there, and a client must not take them for the server's");

        public static string Unexpected(string line, string wanted) => $"the server said '{TextSanitizer.Escape(Cut(line))}', and not {wanted}";

        public async Task SayAsync(string line)
        {
            _lines.Add(new StartTlsLine(TlsDirection.Sent, line));

            // Whether it arrived is seen by what comes.
            _ = await connection.WriteAsync(Encoding.Latin1.GetBytes(line + "\r\n"), cancellation);
        }

        /// <summary>A reply of SMTP or FTP, of one line or several (RFC 5321 §4.2.1, RFC 959 §4.2). Null when it has the code.</summary>
        public async Task<string?> ReplyAsync(string code)
        {
            while (await LineAsync() is { } line)
            {
                if (line.Length < 3 || line.AsSpan(0, 3).ContainsAnyExceptInRange('0', '9')) return Unexpected(line, $"a reply with {code}");
                if (line.Length > 3 && line[3] == '-') continue;
                return line.StartsWith(code, StringComparison.Ordinal) ? null : Unexpected(line, code);
            }

            return _ended;
        }

        /// <summary>The next line, or null when there will be none.</summary>
        public async Task<string?> LineAsync()
        {
            while (true)
            {
                var end = _pending.IndexOf((byte)'\n');
                if (end > MaximumLine || (end < 0 && _pending.Count > MaximumLine))
                {
                    _ended = FormattableString.Invariant($"the server sent a line of more than {MaximumLine} octets: this is no such protocol");
                    return null;
                }

                if (end >= 0)
                {
                    var text = Encoding.Latin1.GetString(_pending.GetRange(0, end).ToArray()).TrimEnd('\r');
                    _pending.RemoveRange(0, end + 1);
                    _lines.Add(new StartTlsLine(TlsDirection.Received, text));
                    if (_lines.Count <= MaximumLines) return text;
                    _ended = FormattableString.Invariant($"the server sent more than {MaximumLines} lines");
                    return null;
                }

                var read = await connection.ReadAsync(_buffer, cancellation);
                if (read.Status == StreamStatus.Ok)
                {
                    _pending.AddRange(_buffer.AsSpan(0, read.Count));
                    continue;
                }

                if (read.Status == StreamStatus.Reset) _ended = "the server reset the connection before TLS";
                else if (read.Status == StreamStatus.Failed) _ended = "the connection failed before TLS";
                return null;
            }
        }

        // A line of a terminal's width says what speaks there.
        private static string Cut(string line) => line.Length <= 80 ? line : line[..80] + "…";
    }
}
