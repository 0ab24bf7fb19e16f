using Fathom.Wire.Application.Dns;

namespace Fathom.Wire.Dissection;

/// <summary>The questions and records of one DNS message as fields, down to the first fault.</summary>
/// <param name="layer">Takes the fields.</param>
/// <param name="at">Octets from the layer's first to the message's.</param>
/// <param name="flavor">Which of the protocols that have DNS's form.</param>
internal sealed class DnsSectionDissector(LayerWriter layer, int at, DnsFlavor flavor)
{
    // The questions and answers that a line has room for.
    internal const int Shown = 3;

    // The top bit of a class in multicast DNS: unicast response, or cache flush (RFC 6762 §5.4, §10.2).
    private const int TopBit = 0x8000;

    private readonly List<string> _questions = [];
    private readonly List<string> _answers = [];
    private readonly List<string> _servers = [];
    private bool _hasSoa;
    private bool _isAuthoritative;
    private int _upperResponseCode;
    private bool _isResponse;
    private bool _isTruncated;
    private bool _isDamaged;
    private int _responseCode;

    /// <summary>The message in a few words: "response A example.com: 192.0.2.1".</summary>
    internal string Summary
    {
        get
        {
            var kind = _isResponse ? "response" : "query";
            if (_isDamaged) return $"{kind} that cannot be read";

            // Multicast DNS answers without repeating the question (RFC 6762 §6).
            var question = _questions.Count > 0 ? " " + List(_questions) : flavor == DnsFlavor.Multicast && _isResponse ? "" : " no question";
            return _isResponse ? $"{kind}{question}: {Answer()}" : kind + question + Known();
        }
    }

    /// <summary>Reads the message.</summary>
    /// <param name="bytes">From its header on, which is there.</param>
    /// <returns>The first fault, with its offset from the message's first octet; or no error.</returns>
    internal WireError Dissect(ReadOnlySpan<byte> bytes)
    {
        if (!DnsHeader.TryRead(bytes, out var header, out var error)) return error;
        _isResponse = header.IsResponse;
        _isTruncated = header.Truncated;
        _isAuthoritative = header.Authoritative;
        _responseCode = (int)header.ResponseCode;
        var reader = new DnsReader(bytes, DnsHeader.Length);
        for (var i = 0; i < header.QuestionCount && !reader.Failed; i++) AddQuestion(ref reader);
        for (var i = 0; i < header.AnswerCount && !reader.Failed; i++) AddRecord(ref reader, "answer");
        for (var i = 0; i < header.AuthorityCount && !reader.Failed; i++) AddRecord(ref reader, "authority");
        for (var i = 0; i < header.AdditionalCount && !reader.Failed; i++) AddRecord(ref reader, "additional");
        _isDamaged = reader.Failed;
        return reader.Error;
    }

    private void AddQuestion(ref DnsReader reader)
    {
        var start = reader.Position;
        var name = reader.ReadName("question name");
        var end = reader.Position;
        var type = (DnsType)reader.ReadUInt16("question type");
        var @class = reader.ReadUInt16("question class");
        if (reader.Failed) return;
        layer.AddOctets("questionName", at + start, end - start, null, name.ToString(), "RFC 1035 §4.1.2");
        layer.AddOctets("questionType", at + end, 2, (ulong)type, FieldText.Named(type.ToText(), (ulong)type), "RFC 1035 §4.1.2");
        AddClass(end + 2, @class, "questionClass", "unicastResponse", "RFC 6762 §5.4");
        _questions.Add($"{type.ToText()} {name}");
    }

    private void AddRecord(ref DnsReader reader, string section)
    {
        var start = reader.Position;
        var name = reader.ReadName("owner name");
        var fixedPart = reader.Position;
        var type = (DnsType)reader.ReadUInt16("record type");
        var @class = reader.ReadUInt16("record class");
        var timeToLive = reader.ReadUInt32("time to live");
        var length = reader.ReadUInt16("RDLENGTH");
        if (reader.Failed) return;
        var heading = Heading(reader, name, type, @class, timeToLive, length, section);
        var whole = Math.Min(fixedPart + 10 + length, reader.End) - start;
        layer.AddOctets(section, at + start, whole, null, heading, "RFC 1035 §4.1.3");
        layer.AddOctets("name", at + start, fixedPart - start, null, name.ToString(), "RFC 1035 §4.1.3");
        layer.AddOctets("type", at + fixedPart, 2, (ulong)type, FieldText.Named(type.ToText(), (ulong)type), "RFC 1035 §4.1.3");
        if (type == DnsType.Opt) AddOptFields(fixedPart + 2, @class, timeToLive);
        else AddClassAndTime(fixedPart + 2, @class, timeToLive);
        layer.AddOctets("rdlength", at + fixedPart + 8, 2, length, FieldText.Octets(length), "RFC 1035 §4.1.3");
        if (!reader.Enter(length, "RDATA")) return;
        DnsDataRows.Add(layer, at, ref reader, type, InternetOnly(@class));
        reader.Leave("RDATA");
    }

    // The record as a master file has it; the reader is a copy, so that its position stays.
    private string Heading(DnsReader reader, DnsName name, DnsType type, ushort @class, uint timeToLive, int length, string section)
    {
        if (!reader.Enter(length, "RDATA")) return $"{name} {type.ToText()}";
        if (type == DnsType.Opt)
        {
            _upperResponseCode = (int)(timeToLive >> 24);
            return FieldText.Invariant($"EDNS version {(timeToLive >> 16) & 0xFF}, udp {@class}{((timeToLive & TopBit) != 0 ? ", do" : "")}");
        }

        var data = DnsData.Read(ref reader, type, InternetOnly(@class));
        reader.Leave("RDATA");
        var text = reader.Failed ? "data that cannot be read" : data.ToString();
        if (section == "authority" && type == DnsType.Soa) _hasSoa = true;
        if (section == "authority" && type == DnsType.Ns) _servers.Add(text);
        if (section == "answer") _answers.Add(data is DnsData.A or DnsData.Aaaa ? text : $"{type.ToText()} {text}");
        return FieldText.Invariant($"{name} {timeToLive} {InternetOnly(@class).ToText()} {type.ToText()} {text}");
    }

    private DnsClass InternetOnly(ushort @class) => (DnsClass)(flavor == DnsFlavor.Multicast ? @class & ~TopBit : @class);

    private void AddClassAndTime(int start, ushort @class, uint timeToLive)
    {
        AddClass(start, @class, "class", "cacheFlush", "RFC 6762 §10.2");
        layer.AddOctets("ttl", at + start + 2, 4, timeToLive, FieldText.Invariant($"{timeToLive} s"), "RFC 1035 §4.1.3");
    }

    private void AddClass(int start, ushort @class, string name, string topBit, string spec)
    {
        if (flavor != DnsFlavor.Multicast)
        {
            layer.AddOctets(name, at + start, 2, @class, FieldText.Named(((DnsClass)@class).ToText(), @class), "RFC 1035 §3.2.4");
            return;
        }

        var isSet = (@class & TopBit) != 0;
        var low = @class & ~TopBit;
        layer.Add(new FieldSpec(topBit, 8 * (at + start), 1, spec), isSet ? 1u : 0u, isSet ? "set" : "not set");
        layer.Add(new FieldSpec(name, (8 * (at + start)) + 1, 15, "RFC 1035 §3.2.4"), (ulong)low, FieldText.Named(((DnsClass)low).ToText(), (ulong)low));
    }

    private void AddOptFields(int start, ushort size, uint timeToLive)
    {
        const string Spec = "RFC 6891 §6.1.3";
        var bit = 8 * (at + start + 2);
        layer.AddOctets("udpPayloadSize", at + start, 2, size, FieldText.Octets(size), "RFC 6891 §6.1.2");
        layer.Add(new FieldSpec("extendedRcode", bit, 8, Spec), timeToLive >> 24, FieldText.Invariant($"{timeToLive >> 24}"));
        layer.Add(new FieldSpec("ednsVersion", bit + 8, 8, Spec), (timeToLive >> 16) & 0xFF, FieldText.Invariant($"{(timeToLive >> 16) & 0xFF}"));
        layer.Add(new FieldSpec("do", bit + 16, 1, "RFC 3225 §3"), (timeToLive >> 15) & 1, (timeToLive & TopBit) != 0 ? "set" : "not set");
        layer.Add(new FieldSpec("ednsZ", bit + 17, 15, Spec), timeToLive & 0x7FFF, FieldText.Invariant($"{timeToLive & 0x7FFF}"));
    }

    private string Answer()
    {
        var truncated = _isTruncated ? ", truncated" : string.Empty;
        var code = (DnsResponseCode)((_upperResponseCode << 4) | _responseCode);
        if (code != DnsResponseCode.NoError) return code.ToText() + truncated;
        return (_answers.Count > 0 ? List(_answers) : Nothing()) + truncated;
    }

    // Why there is no answer: the zone has no such record, or its servers are to be asked elsewhere (RFC 2308 §2.2).
    private string Nothing()
    {
        if (_isTruncated) return DnsSummary.NoAnswer;
        if (_hasSoa) return DnsSummary.NoData;
        if (_isAuthoritative || _servers.Count == 0) return DnsSummary.NoAnswer;
        return DnsSummary.Referral + _servers[0] + (_servers.Count > 1 ? FieldText.Invariant($" and {_servers.Count - 1} more") : string.Empty);
    }

    // A multicast query lists the answers that it knows already, or records it is about to claim.
    private string Known() => flavor == DnsFlavor.Multicast && _answers.Count > 0 ? FieldText.Invariant($", knows {_answers.Count}") : "";

    private static string List(List<string> items)
        => string.Join(", ", items.Take(Shown)) + (items.Count > Shown ? FieldText.Invariant($" and {items.Count - Shown} more") : string.Empty);
}
