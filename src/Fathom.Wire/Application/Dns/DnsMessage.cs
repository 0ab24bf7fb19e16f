using System.Diagnostics.CodeAnalysis;

namespace Fathom.Wire.Application.Dns;

/// <summary>
/// A DNS message (RFC 1035 §4.1), without the two length octets of TCP. The default is an empty query.
/// Two messages are equal when their header, questions, records and EDNS are; the case of names is ignored.
/// </summary>
public sealed record DnsMessage
{
    internal const string Protocol = "DNS";

    /// <summary>Octets in the longest message: over TCP its length has 16 bits (RFC 1035 §4.2.2).</summary>
    public const int MaximumLength = 65535;

    /// <summary>ID.</summary>
    public ushort Id { get; init; }

    /// <summary>QR: a response.</summary>
    public bool IsResponse { get; init; }

    /// <summary>OPCODE.</summary>
    public DnsOpcode Opcode { get; init; }

    /// <summary>AA: the answer comes from an authority for the name.</summary>
    public bool Authoritative { get; init; }

    /// <summary>TC: cut to fit the transport; ask again over TCP.</summary>
    public bool Truncated { get; init; }

    /// <summary>RD: recursion desired.</summary>
    public bool RecursionDesired { get; init; }

    /// <summary>RA: recursion available.</summary>
    public bool RecursionAvailable { get; init; }

    /// <summary>AD: the resolver vouches for the data (RFC 4035 §3.2.3); in a query: the asker understands AD (RFC 6840 §5.7).</summary>
    public bool AuthenticData { get; init; }

    /// <summary>CD: do not validate for me (RFC 4035 §3.2.2).</summary>
    public bool CheckingDisabled { get; init; }

    /// <summary>RCODE, with the upper eight bits of an OPT record merged in: 0 to 4095, above 15 only with <see cref="Edns"/>.</summary>
    public DnsResponseCode ResponseCode { get; init; }

    /// <summary>The questions: one in practice, none in some messages.</summary>
    public IReadOnlyList<DnsQuestion> Questions { get; init; } = [];

    /// <summary>The answer section.</summary>
    public IReadOnlyList<DnsRecord> Answers { get; init; } = [];

    /// <summary>The authority section.</summary>
    public IReadOnlyList<DnsRecord> Authorities { get; init; } = [];

    /// <summary>The additional section, without the OPT record.</summary>
    public IReadOnlyList<DnsRecord> Additionals { get; init; } = [];

    /// <summary>What the OPT record says, or null when there is none.</summary>
    public DnsEdns? Edns { get; init; }

    /// <summary>
    /// Reads a whole message, strictly: every count is there, every record of a known type has its form, at most
    /// one OPT record and only among the additionals (RFC 6891 §6.1.1), nothing after the last record. The counts of
    /// the header are not trusted for memory: what is read takes at most a few hundred octets for each 12 of input.
    /// </summary>
    /// <param name="bytes">The message, at most <see cref="MaximumLength"/> octets; nothing of it is kept.</param>
    /// <param name="message">The message, or null.</param>
    /// <param name="error">Why not, where the answer is false.</param>
    public static bool TryRead(ReadOnlySpan<byte> bytes, [NotNullWhen(true)] out DnsMessage? message, out WireError error)
    {
        message = null;
        if (!DnsHeader.TryRead(bytes, out var header, out error)) return false;
        if (bytes.Length > MaximumLength)
        {
            error = WireError.LimitExceeded(Protocol, MaximumLength, MaximumLength, "message longer than RFC 1035 §4.2.2 allows");
            return false;
        }

        var reader = new DnsReader(bytes, DnsHeader.Length);
        var opt = new OptRecord();
        var questions = ReadQuestions(ref reader, header.QuestionCount);
        var answers = ReadRecords(ref reader, header.AnswerCount, ref opt, optAllowed: false);
        var authorities = ReadRecords(ref reader, header.AuthorityCount, ref opt, optAllowed: false);
        var additionals = ReadRecords(ref reader, header.AdditionalCount, ref opt, optAllowed: true);
        reader.Leave("message");
        error = reader.Error;
        if (reader.Failed) return false;

        message = new DnsMessage
        {
            Id = header.Id,
            IsResponse = header.IsResponse,
            Opcode = header.Opcode,
            Authoritative = header.Authoritative,
            Truncated = header.Truncated,
            RecursionDesired = header.RecursionDesired,
            RecursionAvailable = header.RecursionAvailable,
            AuthenticData = header.AuthenticData,
            CheckingDisabled = header.CheckingDisabled,
            ResponseCode = (DnsResponseCode)((opt.UpperResponseCode << 4) | (int)header.ResponseCode),
            Questions = questions,
            Answers = answers,
            Authorities = authorities,
            Additionals = additionals,
            Edns = opt.Edns,
        };
        return true;
    }

    /// <summary>Writes the message, with names compressed where RFC 3597 §4 allows it. OPT comes first among the additionals, so that a TSIG stays last.</summary>
    /// <exception cref="InvalidOperationException">
    /// The message is longer than <see cref="MaximumLength"/>, has a response code above 15 without EDNS, or a field out of its range.
    /// </exception>
    public byte[] ToBytes()
        => TryWrite(MaximumLength, out var bytes) ? bytes : throw new InvalidOperationException("The message exceeds 65,535 octets.");

    /// <summary>Writes the message when it fits: a server asks this before it truncates.</summary>
    /// <param name="maximumLength">Octets at most, 12 to <see cref="MaximumLength"/>.</param>
    /// <param name="bytes">The message, or null.</param>
    /// <returns>False when it would be longer.</returns>
    /// <exception cref="InvalidOperationException">A response code above 15 without EDNS, or a field out of its range.</exception>
    public bool TryWrite(int maximumLength, [NotNullWhen(true)] out byte[]? bytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumLength, DnsHeader.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maximumLength, MaximumLength);
        var code = (int)ResponseCode;
        if (code > 0xFFF || (code > 0xF && Edns is null)) throw new InvalidOperationException("The response code does not fit: above 15 it needs EDNS, and it has 12 bits.");
        if ((int)Opcode > 0xF) throw new InvalidOperationException("The opcode has four bits.");

        var writer = new DnsWriter(DnsNameForm.Compressed, maximumLength);
        writer.WriteUInt16(Id);
        writer.WriteUInt16((ushort)(
            (IsResponse ? 0x8000 : 0) | ((int)Opcode << 11) | (Authoritative ? 0x0400 : 0) | (Truncated ? 0x0200 : 0)
            | (RecursionDesired ? 0x0100 : 0) | (RecursionAvailable ? 0x0080 : 0) | (AuthenticData ? 0x0020 : 0)
            | (CheckingDisabled ? 0x0010 : 0) | (code & 0xF)));
        writer.WriteUInt16(Count(Questions.Count));
        writer.WriteUInt16(Count(Answers.Count));
        writer.WriteUInt16(Count(Authorities.Count));
        writer.WriteUInt16(Count(Additionals.Count + (Edns is null ? 0 : 1)));
        foreach (var question in Questions)
        {
            writer.WriteCompressibleName(question.Name);
            writer.WriteUInt16((ushort)question.Type);
            writer.WriteUInt16((ushort)question.Class);
        }

        foreach (var record in Answers) record.WriteTo(writer);
        foreach (var record in Authorities) record.WriteTo(writer);
        Edns?.WriteTo(writer, code >> 4);
        foreach (var record in Additionals) record.WriteTo(writer);
        bytes = writer.Overflowed ? null : writer.Written.ToArray();
        return bytes is not null;
    }

    /// <inheritdoc/>
    public bool Equals(DnsMessage? other)
        => other is not null && Id == other.Id && IsResponse == other.IsResponse && Opcode == other.Opcode
            && Authoritative == other.Authoritative && Truncated == other.Truncated && RecursionDesired == other.RecursionDesired
            && RecursionAvailable == other.RecursionAvailable && AuthenticData == other.AuthenticData
            && CheckingDisabled == other.CheckingDisabled && ResponseCode == other.ResponseCode
            && Questions.SequenceEqual(other.Questions) && Answers.SequenceEqual(other.Answers)
            && Authorities.SequenceEqual(other.Authorities) && Additionals.SequenceEqual(other.Additionals)
            && Equals(Edns, other.Edns);

    /// <inheritdoc/>
    public override int GetHashCode()
        => HashCode.Combine(Id, IsResponse, Opcode, ResponseCode, Questions.Count, Answers.Count, Authorities.Count, Additionals.Count);

    /// <summary>The message as one safe line: "response 4660 NXDOMAIN, example.com. IN A, 0 answers, 1 authority, 0 additional".</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{(IsResponse ? "response" : "query")} {Id} {(IsResponse ? ResponseCode.ToText() : Opcode.ToText())}{string.Concat(Questions.Select(static question => $", {question}"))}, {Answers.Count} answers, {Authorities.Count} authority, {Additionals.Count} additional");

    private static ushort Count(int count)
        => count <= ushort.MaxValue ? (ushort)count : throw new InvalidOperationException("A section has at most 65,535 entries.");

    private static List<DnsQuestion> ReadQuestions(ref DnsReader reader, int count)
    {
        var questions = new List<DnsQuestion>();
        for (; count > 0 && !reader.Failed; count--)
        {
            var name = reader.ReadName("question name");
            var type = (DnsType)reader.ReadUInt16("question type");
            questions.Add(new DnsQuestion(name, type, (DnsClass)reader.ReadUInt16("question class")));
        }

        return questions;
    }

    private static List<DnsRecord> ReadRecords(ref DnsReader reader, int count, ref OptRecord opt, bool optAllowed)
    {
        var records = new List<DnsRecord>();
        for (; count > 0 && !reader.Failed; count--)
        {
            var owner = reader.ReadName("owner name");
            var type = (DnsType)reader.ReadUInt16("record type");
            if (type != DnsType.Opt)
            {
                records.Add(DnsRecord.Read(ref reader, owner, type));
                continue;
            }

            if (!optAllowed) reader.FailValue("OPT record outside the additional section (RFC 6891 §6.1.1)");
            else if (opt.Edns is not null) reader.FailValue("more than one OPT record (RFC 6891 §6.1.1)");
            else if (!owner.IsRoot) reader.FailValue("OPT record whose owner is not the root (RFC 6891 §6.1.2)");
            opt = new OptRecord { Edns = DnsEdns.Read(ref reader, out var upper), UpperResponseCode = upper };
        }

        return records;
    }

    private struct OptRecord
    {
        public DnsEdns? Edns;
        public int UpperResponseCode;
    }
}
