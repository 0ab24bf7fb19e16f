using System.Globalization;
using Fathom.Cli.Output;
using Fathom.Wire.Application.Dns;
using Fathom.Wire.Application.Dns.ZoneText;
using Spectre.Console.Rendering;

namespace Fathom.Cli.Dns;

/// <summary>Records as a table for people, with what their numbers mean below them.</summary>
internal static class DnsRecordTable
{
    /// <summary>Makes the table.</summary>
    /// <param name="records">The records.</param>
    /// <param name="now">The present, for the validity of signatures.</param>
    /// <param name="inWords">TTLs in words, too.</param>
    public static IRenderable Of(IEnumerable<DnsRecord> records, DateTimeOffset now, bool inWords) => Listing.Columns(["", "", "", ""], Rows(records, now, inWords));

    /// <summary>The rows of the table: owner, TTL, type, data.</summary>
    /// <param name="records">The records.</param>
    /// <param name="now">The present, for the validity of signatures.</param>
    /// <param name="inWords">TTLs in words, too.</param>
    public static IReadOnlyList<IReadOnlyList<string>> Rows(IEnumerable<DnsRecord> records, DateTimeOffset now, bool inWords)
    {
        var rows = new List<IReadOnlyList<string>>();
        foreach (var record in records)
        {
            var ttl = record.TimeToLive.ToString(CultureInfo.InvariantCulture);
            if (inWords && record.TimeToLive >= 60) ttl += $" ({DnsTimeToLiveText.InWords(record.TimeToLive)})";
            var type = record.Class == DnsClass.Internet ? record.Type.ToText() : $"{record.Class.ToText()} {record.Type.ToText()}";
            rows.Add([record.Name.ToAbsoluteString(), ttl, type, record.Data.ToPresentation()]);
            if (Note(record, now) is { } note) rows.Add(["", "", "", "= " + note]);
        }

        return rows;
    }

    /// <summary>What a record's numbers mean, or null where they speak for themselves.</summary>
    public static string? Note(DnsRecord record, DateTimeOffset now) => record.Data switch
    {
        DnsData.DnsKey key => string.Create(CultureInfo.InvariantCulture,
            $"key tag {key.KeyTag}, {DnsSecurityText.Algorithm(key.Algorithm)}, {(key.IsSecureEntryPoint ? "key-signing key (SEP)" : "zone-signing key")}{(key.IsRevoked ? ", revoked" : "")}"),
        DnsData.Ds ds => string.Create(CultureInfo.InvariantCulture, $"the {DnsSecurityText.DigestType(ds.DigestType)} of key {ds.KeyTag}, {DnsSecurityText.Algorithm(ds.Algorithm)}"),
        DnsData.RrSig signature => Validity(signature, now),
        _ => null,
    };

    private static string Validity(DnsData.RrSig signature, DateTimeOffset now)
    {
        var (from, until) = (DnsSecurityText.Time(signature.Inception, now), DnsSecurityText.Time(signature.Expiration, now));
        var state = now < from ? "not valid yet" : now > until ? "EXPIRED" : "valid";
        return string.Create(CultureInfo.InvariantCulture, $"{DnsSecurityText.Algorithm(signature.Algorithm)}, {state}: {from:yyyy-MM-dd HH:mm} to {until:yyyy-MM-dd HH:mm} UTC (not verified)");
    }
}
