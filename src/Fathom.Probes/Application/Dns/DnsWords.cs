using System.Globalization;
using Fathom.Wire.Application.Dns;

namespace Fathom.Probes.Application.Dns;

/// <summary>The names that people know for response codes.</summary>
public static class DnsWords
{
    /// <summary>The IANA mnemonic, "NXDOMAIN", or "RCODE 23" for one without.</summary>
    /// <param name="code">The response code.</param>
    public static string Name(DnsResponseCode code) => (ushort)code switch
    {
        0 => "NOERROR",
        1 => "FORMERR",
        2 => "SERVFAIL",
        3 => "NXDOMAIN",
        4 => "NOTIMP",
        5 => "REFUSED",
        6 => "YXDOMAIN",
        7 => "YXRRSET",
        8 => "NXRRSET",
        9 => "NOTAUTH",
        10 => "NOTZONE",
        16 => "BADVERS",
        23 => "BADCOOKIE",
        var n => "RCODE " + n.ToString(CultureInfo.InvariantCulture),
    };
}
