using System.CommandLine;
using Fathom.Cli.Commands;
using Fathom.Services.Application.Tls;
using Fathom.Wire.Application;
using Fathom.Wire.Transport;

namespace Fathom.Cli.Tls;

/// <summary>What servers of the command line share: <c>--tls</c>, <c>--cert</c> and <c>--key</c>.</summary>
internal sealed class ServerTlsOptions
{
    // A client that takes longer than this for its part of a handshake is not coming.
    private static readonly TimeSpan HandshakeTimeout = TimeSpan.FromSeconds(30);

    // What a server for this machine is called by clients on it.
    private static readonly string[] OwnNames = ["localhost", "127.0.0.1", "::1"];

    private readonly Option<bool> _tls = new("--tls") { Description = "TLS, with a certificate made for this run unless --cert names one." };
    private readonly Option<string?> _certificate = new("--cert") { Description = "The certificate and its chain (PEM); implies --tls.", HelpName = "FILE" };
    private readonly Option<string?> _key = new("--key") { Description = "Its private key (PEM); without it, in the certificate's file.", HelpName = "FILE" };

    /// <summary>The options.</summary>
    public IEnumerable<Option> All => [_tls, _certificate, _key];

    /// <summary>Reads them. Complains where a file is not what it should be.</summary>
    /// <param name="run">The run.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="protocols">Names for ALPN.</param>
    /// <param name="options">How TLS is served; null for none.</param>
    public bool TryRead(CommandRun run, ParseResult parsed, IReadOnlyList<string> protocols, out TlsServerOptions? options)
    {
        options = null;
        var (certificate, key) = (parsed.GetValue(_certificate), parsed.GetValue(_key));
        if (certificate is null && key is not null)
        {
            run.Refuse("--key without --cert: expected the certificate that it belongs to");
            return false;
        }

        if (certificate is null && !parsed.GetValue(_tls)) return true;
        TlsServerIdentity? identity;
        if (certificate is null)
        {
            identity = LabAuthority.SelfSigned(run.Host, OwnNames);
            run.Errors.WriteLine($"certificate for {string.Join(", ", OwnNames)}, made for this run, SHA-256 {identity.Certificate.Sha256Fingerprint}");
        }
        else if (!TryReadFile(run, "--cert", certificate, out var chain) || !TryReadFile(run, "--key", key ?? certificate, out var secret))
        {
            return false;
        }
        else if (!TlsServerIdentity.TryFromPem(chain, secret, out identity, out var reason))
        {
            run.Refuse($"--cert {certificate}: {reason}");
            return false;
        }

        options = new TlsServerOptions([identity], HandshakeTimeout) { ApplicationProtocols = protocols };
        return true;
    }

    /// <summary>Says on one line of standard error how a handshake failed; those that worked need none.</summary>
    public static Action<IpEndpoint, TlsServerOutcome> Reporter(CommandRun run) => (client, outcome) =>
    {
        if (Describe(client, outcome) is { } line) run.Complain(line, ExitStatus.Good);
    };

    private static string? Describe(IpEndpoint client, TlsServerOutcome outcome) => outcome switch
    {
        TlsServerOutcome.Completed => null,
        TlsServerOutcome.AlertReceived received => $"{client}: the client ended the handshake with the alert {received.Alert}",
        TlsServerOutcome.PeerClosed closed => $"{client}: the client {(closed.Reset ? "reset" : "closed")} the connection during the handshake",
        TlsServerOutcome.NotTls => $"{client}: the client does not speak TLS",
        TlsServerOutcome.TimedOut => $"{client}: the handshake was not done within {HandshakeTimeout.TotalSeconds:0} s",
        TlsServerOutcome.Refused refused => $"{client}: refused: {TextSanitizer.Escape(refused.Detail)}",
        _ => $"{client}: the connection failed during the handshake",
    };

    private static bool TryReadFile(CommandRun run, string option, string path, out string text)
    {
        try
        {
            text = File.ReadAllText(path);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            text = string.Empty;
            run.Refuse($"{option}: cannot read {path}: {e.Message}");
            return false;
        }
    }
}
