namespace Fathom.EndToEnd.Worlds;

/// <summary>Ports of the server beside 80 and 443, one behavior each.</summary>
internal static class Ports
{
    /// <summary>Nothing listens here, in TCP or UDP.</summary>
    public const int Closed = 444;

    /// <summary>nginx, TLS 1.0 and 1.1 only.</summary>
    public const int OldTls = 4431;

    /// <summary>openssl s_server that demands a certificate of the client.</summary>
    public const int ClientCertificate = 4432;

    /// <summary>openssl s_server that knows only suites without encryption.</summary>
    public const int NullCipher = 4433;

    /// <summary>openssl s_server with a certificate for an RSA key of 1,024 bits.</summary>
    public const int WeakKey = 4434;

    /// <summary>Accepts, reads, and never says a word.</summary>
    public const int Stalled = 9001;

    /// <summary>Answers an HTTP request after three seconds.</summary>
    public const int Slow = 9002;

    /// <summary>Resets the connection when the first bytes arrive.</summary>
    public const int Reset = 9003;

    /// <summary>Greets as an SSH server does.</summary>
    public const int SecureShell = 9004;

    /// <summary>Promises 1,000 bytes of content, sends 100 and closes.</summary>
    public const int Truncated = 9005;

    /// <summary>Sends a chunk, and closes before the last one.</summary>
    public const int TruncatedChunk = 9006;

    /// <summary>Closes as soon as a request arrived, without an answer.</summary>
    public const int ClosedEarly = 9007;

    /// <summary>Sends header lines for ever.</summary>
    public const int EndlessHeaders = 9008;

    /// <summary>Sends one header line that never ends.</summary>
    public const int EndlessHeaderLine = 9009;

    /// <summary>Redirects every path to a new one.</summary>
    public const int EndlessRedirects = 9010;

    /// <summary>Sends interim responses (100) for ever.</summary>
    public const int EndlessInterim = 9011;

    /// <summary>Sends content for ever.</summary>
    public const int EndlessContent = 9012;

    /// <summary>Sends one byte of a response a second.</summary>
    public const int Trickle = 9013;

    /// <summary>Sends a TLS record header that promises 16 KiB, then one byte a second.</summary>
    public const int TrickleTls = 9014;

    /// <summary>Terminal escape sequences in the reason phrase and in header values.</summary>
    public const int Escape = 9015;

    /// <summary>Bytes that are not HTTP at all.</summary>
    public const int Garbage = 9016;

    /// <summary>Random bytes that look like TLS records of every kind.</summary>
    public const int GarbageTls = 9017;

    /// <summary>A whole response, then RST instead of FIN.</summary>
    public const int CloseReset = 9018;

    /// <summary>A whole response over TLS, then FIN without close_notify.</summary>
    public const int NoCloseNotify = 9019;

    /// <summary>A captive portal's page with status 200, whatever is asked for.</summary>
    public const int PortalPage = 9020;
}
