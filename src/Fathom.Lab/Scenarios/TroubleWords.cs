using Fathom.Lab.Application;
using Fathom.Services.Application.Dns;

namespace Fathom.Lab.Scenarios;

/// <summary>The words of scenario files for what services do wrong on purpose.</summary>
internal static class TroubleWords
{
    public static readonly (string Word, DnsTrouble Value)[] Dns =
    [
        ("servfail", DnsTrouble.ServerFailure), ("refused", DnsTrouble.Refused), ("nxdomain", DnsTrouble.NoSuchName), ("no-records", DnsTrouble.NoRecords), ("alias-loop", DnsTrouble.AliasLoop),
        ("malformed", DnsTrouble.Malformed), ("truncated", DnsTrouble.Truncated), ("hijacked", DnsTrouble.Hijacked), ("bogus", DnsTrouble.Bogus), ("silent", DnsTrouble.Silent),
    ];

    public static readonly (string Word, CertificateTrouble Value)[] Certificate =
    [
        ("expired", CertificateTrouble.Expired), ("not-yet-valid", CertificateTrouble.NotYetValid), ("other-name", CertificateTrouble.OtherName), ("self-signed", CertificateTrouble.SelfSigned),
        ("unknown-issuer", CertificateTrouble.UnknownIssuer), ("no-intermediate", CertificateTrouble.NoIntermediate), ("weak-key", CertificateTrouble.WeakKey),
    ];

    public static readonly (string Word, TlsTrouble Value)[] Tls =
    [
        ("old-versions", TlsTrouble.OldVersions), ("odd-suites", TlsTrouble.OddSuites), ("client-certificate", TlsTrouble.ClientCertificate), ("not-tls", TlsTrouble.NotTls),
        ("alert", TlsTrouble.Alert), ("closes", TlsTrouble.Closes), ("silent", TlsTrouble.Silent),
    ];

    public static readonly (string Word, ResponseTrouble Value)[] Response =
    [
        ("redirect-loop", ResponseTrouble.RedirectLoop), ("truncated", ResponseTrouble.Truncated), ("malformed", ResponseTrouble.Malformed), ("silent", ResponseTrouble.Silent),
        ("slow", ResponseTrouble.Slow), ("closes", ResponseTrouble.Closes),
    ];

    public static readonly (string Word, CookieTrouble Value)[] Cookies = [("insecure", CookieTrouble.Insecure), ("rejected", CookieTrouble.Rejected)];

    public static readonly (string Word, CloseTrouble Value)[] Close = [("reset", CloseTrouble.Reset), ("no-close-notify", CloseTrouble.NoCloseNotify)];

    /// <summary>Reads one of the words.</summary>
    public static T Read<T>(ScenarioNode node, (string Word, T Value)[] words)
    {
        var text = node.Text();
        foreach (var (word, value) in words)
        {
            if (word == text) return value;
        }

        throw node.Refuse($"'{text}': expected {string.Join(", ", words[..^1].Select(static w => w.Word))} or {words[^1].Word}");
    }
}
