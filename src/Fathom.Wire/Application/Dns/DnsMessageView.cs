namespace Fathom.Wire.Application.Dns;

/// <summary>
/// A view over a DNS message (RFC 1035 §4.1), without the two length octets of TCP: all names and lengths are checked once, and nothing
/// is allocated. <see cref="DnsMessage"/> is the same message as a value, with the data of every type.
/// </summary>
public readonly ref struct DnsMessageView : IWireView<DnsMessageView>
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly int _answers;
    private readonly int _authorities;
    private readonly int _additionals;
    private readonly int _end;

    private DnsMessageView(ReadOnlySpan<byte> bytes, int answers, int authorities, int additionals, int end)
    {
        _bytes = bytes;
        _answers = answers;
        _authorities = authorities;
        _additionals = additionals;
        _end = end;
    }

    /// <summary>The header's fields.</summary>
    public static ReadOnlySpan<FieldSpec> Layout => DnsHeader.Layout;

    /// <summary>The first twelve octets (RFC 1035 §4.1.1).</summary>
    public DnsHeader Header => DnsHeader.FromChecked(_bytes);

    /// <summary>The question section, to be walked (RFC 1035 §4.1.2).</summary>
    public DnsQuestionEnumerator Questions => new(_bytes, Header.QuestionCount);

    /// <summary>The answer section.</summary>
    public DnsRecordEnumerator Answers => new(_bytes, _answers, Header.AnswerCount);

    /// <summary>The authority section.</summary>
    public DnsRecordEnumerator Authorities => new(_bytes, _authorities, Header.AuthorityCount);

    /// <summary>The additional section, an OPT record (RFC 6891) among it.</summary>
    public DnsRecordEnumerator Additionals => new(_bytes, _additionals, Header.AdditionalCount);

    /// <summary>The whole message.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Octets behind the last record.</summary>
    public int TrailingLength => _bytes.Length - _end;

    /// <summary>
    /// Checks the message: every count is there, every name is one, every record ends inside it. What a record's data must look like is
    /// checked by the one who asks for it.
    /// </summary>
    /// <param name="bytes">The message, at most <see cref="DnsMessage.MaximumLength"/> octets.</param>
    /// <param name="view">The view, or the default.</param>
    /// <param name="error">Why not, where the answer is false.</param>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out DnsMessageView view, out WireError error)
    {
        view = default;
        if (!DnsHeader.TryRead(bytes, out var header, out error)) return false;
        if (bytes.Length > DnsMessage.MaximumLength)
        {
            error = WireError.LimitExceeded(DnsMessage.Protocol, DnsMessage.MaximumLength, DnsMessage.MaximumLength, "message longer than RFC 1035 §4.2.2 allows");
            return false;
        }

        var reader = new DnsReader(bytes, DnsHeader.Length);
        for (int count = header.QuestionCount; count > 0 && !reader.Failed; count--)
        {
            reader.SkipName();
            reader.Skip(DnsQuestionEnumerator.FixedLength, "question");
        }

        var answers = reader.Position;
        SkipRecords(ref reader, header.AnswerCount);
        var authorities = reader.Position;
        SkipRecords(ref reader, header.AuthorityCount);
        var additionals = reader.Position;
        SkipRecords(ref reader, header.AdditionalCount);
        error = reader.Error;
        if (reader.Failed) return false;
        view = new DnsMessageView(bytes, answers, authorities, additionals, reader.Position);
        return true;
    }

    private static void SkipRecords(ref DnsReader reader, int count)
    {
        for (; count > 0 && !reader.Failed; count--)
        {
            reader.SkipName();
            reader.Skip(DnsRecordEnumerator.FixedLength - 2, "record");
            reader.Skip(reader.ReadUInt16("RDLENGTH"), "RDATA");
        }
    }
}
