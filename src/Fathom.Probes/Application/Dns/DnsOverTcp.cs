using System.Buffers.Binary;
using Fathom.Hosts.Transport;
using Fathom.Wire.Application.Dns;

namespace Fathom.Probes.Application.Dns;

/// <summary>DNS messages over a stream, each behind a length of two octets (RFC 1035 §4.2.2, RFC 7766).</summary>
internal static class DnsOverTcp
{
    public static async ValueTask<(DnsMessage? Message, string Reason)> AskAsync(IStreamConnection connection, DnsMessage query, CancellationToken cancellation)
    {
        var bytes = query.ToBytes();
        var framed = new byte[bytes.Length + 2];
        BinaryPrimitives.WriteUInt16BigEndian(framed, (ushort)bytes.Length);
        bytes.CopyTo(framed, 2);
        if ((await connection.WriteAsync(framed, cancellation)).Status != StreamStatus.Ok) return (null, "the connection broke while the query was sent");

        var prefix = new byte[2];
        if (!await connection.FillAsync(prefix, cancellation)) return (null, "TCP was closed without an answer");
        var answer = new byte[BinaryPrimitives.ReadUInt16BigEndian(prefix)];
        if (!await connection.FillAsync(answer, cancellation)) return (null, "TCP was closed in the middle of the answer");
        if (!DnsMessage.TryRead(answer, out var message, out var error)) return (null, $"the answer over TCP cannot be parsed ({error})");
        return message.Id == query.Id && Matches(query, message) ? (message, string.Empty) : (null, "the answer over TCP is to another question");
    }

    /// <summary>
    /// A response to this query: QR set, and the same question. An error response may come without the question section
    /// (RFC 1035 leaves it open; FORMERR and REFUSED do so in practice).
    /// </summary>
    public static bool Matches(DnsMessage query, DnsMessage message)
        => message.IsResponse && message.Opcode == query.Opcode
            && (message.Questions.Count == 1 ? message.Questions[0] == query.Questions[0]
                : message.Questions.Count == 0 && message.ResponseCode != DnsResponseCode.NoError);
}
