using Fathom.Wire.Application.Dns;

namespace Fathom.Services.Application.Dns;

/// <summary>What every answer has in common, whoever makes it.</summary>
internal static class DnsAnswers
{
    /// <summary>RFC 6891 §6.2.5 leaves the size to the server; this one passes every IPv6 link unfragmented (DNS flag day 2020).</summary>
    public const ushort UdpPayloadSize = 1232;

    // RFC 1035 §4.2.1: without EDNS.
    private const int PlainUdpLength = 512;

    /// <summary>Reads a query.</summary>
    /// <param name="octets">What came.</param>
    /// <param name="query">The query, or null.</param>
    /// <param name="answer">Where it cannot be read: what is to be answered; null where nothing is (RFC 1035 §7.3: a response is never answered).</param>
    public static bool TryRead(ReadOnlySpan<byte> octets, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out DnsMessage? query, out byte[]? answer)
    {
        query = null;
        answer = null;
        if (!DnsHeader.TryRead(octets, out var header, out _) || header.IsResponse) return false;
        if (DnsMessage.TryRead(octets, out query, out _)) return true;
        answer = new DnsMessage { Id = header.Id, IsResponse = true, Opcode = header.Opcode, ResponseCode = DnsResponseCode.FormErr }.ToBytes();
        return false;
    }

    /// <summary>An answer to a query, empty as yet; the response code says so where the query asks for what no server here does.</summary>
    /// <param name="query">The query.</param>
    public static DnsMessage Begin(DnsMessage query)
    {
        var answer = new DnsMessage
        {
            Id = query.Id,
            IsResponse = true,
            Opcode = query.Opcode,
            RecursionDesired = query.RecursionDesired,
            CheckingDisabled = query.CheckingDisabled,
            Questions = query.Questions,
            Edns = query.Edns is null ? null : new DnsEdns(UdpPayloadSize, 0, query.Edns.DnssecOk, []),
        };
        if (query.Opcode != DnsOpcode.Query) return answer with { ResponseCode = DnsResponseCode.NotImp };

        // RFC 6891 §6.1.3: a higher version is answered with BADVERS. RFC 9619: a query has one question.
        if (query.Edns is { Version: > 0 }) return answer with { ResponseCode = DnsResponseCode.BadVers };
        return query.Questions.Count == 1 ? answer : answer with { ResponseCode = DnsResponseCode.FormErr };
    }

    /// <summary>Writes an answer into what its transport and its asker have room for.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="query">The query.</param>
    /// <param name="overTcp">It goes over TCP.</param>
    public static byte[] Write(DnsMessage answer, DnsMessage query, bool overTcp)
    {
        var room = overTcp ? DnsMessage.MaximumLength : Math.Min(UdpPayloadSize, Math.Max(PlainUdpLength, (int)(query.Edns?.UdpPayloadSize ?? 0)));
        if (answer.TryWrite(room, out var bytes)) return bytes;

        // RFC 2181 §9: extra data may be left out silently. Glue may not (RFC 9471 §3), nor what was asked for.
        if (answer.Answers.Count > 0 && (answer with { Additionals = [] }).TryWrite(room, out bytes)) return bytes;
        return (answer with { Truncated = true, Answers = [], Authorities = [], Additionals = [] }).ToBytes();
    }
}
