using System.Diagnostics.CodeAnalysis;

namespace Fathom.Wire.Application.Dns.ZoneText;

/// <summary>
/// Master files, read (RFC 1035 §5, RFC 2308 §4 for $TTL, RFC 3597 for unknown types). Types whose text is not known here are
/// read in the generic form. $INCLUDE and $GENERATE are refused: nothing here opens a file, or writes records that nobody wrote.
/// </summary>
public static class DnsZoneText
{
    /// <summary>Reads a whole file.</summary>
    /// <param name="text">The text.</param>
    /// <param name="origin">What relative names are relative to, until $ORIGIN says otherwise.</param>
    /// <param name="records">The records in order, or null.</param>
    /// <param name="error">The first fault, or null.</param>
    /// <param name="defaultTimeToLive">The TTL of records before any $TTL and any record with one; null makes a record without a TTL a fault.</param>
    public static bool TryParse(
        string text, DnsName origin, [NotNullWhen(true)] out IReadOnlyList<DnsRecord>? records, [NotNullWhen(false)] out DnsZoneError? error, uint? defaultTimeToLive = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(origin);
        var reading = new Reading(origin, defaultTimeToLive);
        var tokenizer = new DnsZoneTokenizer(text);
        var tokens = new List<DnsToken>();
        while (reading.Error is null && tokenizer.TryReadEntry(tokens, out var beginsBlank)) reading.Add(tokens, beginsBlank);
        error = reading.Error ?? tokenizer.Error;
        records = error is null ? reading.Records : null;
        return error is null;
    }

    /// <summary>Reads one record on one line: "www 300 IN A 192.0.2.1".</summary>
    /// <param name="line">The line.</param>
    /// <param name="origin">What relative names are relative to.</param>
    /// <param name="record">The record, or null.</param>
    /// <param name="error">The fault, or null.</param>
    /// <param name="defaultTimeToLive">The TTL where the line has none; null makes that a fault.</param>
    public static bool TryParseRecord(
        string line, DnsName origin, [NotNullWhen(true)] out DnsRecord? record, [NotNullWhen(false)] out DnsZoneError? error, uint? defaultTimeToLive = null)
    {
        record = null;
        if (!TryParse(line, origin, out var records, out error, defaultTimeToLive)) return false;
        if (records.Count != 1) error = new DnsZoneError(1, 1, $"expected one record, found {records.Count}");
        else record = records[0];
        return record is not null;
    }

    /// <summary>What one entry leaves for the next: origin, TTL, owner and class (RFC 1035 §5.1).</summary>
    private sealed class Reading(DnsName origin, uint? defaultTimeToLive)
    {
        private DnsName _origin = origin;
        private DnsName? _owner;
        private uint? _standardTimeToLive;
        private uint? _lastTimeToLive = defaultTimeToLive;
        private DnsClass _class = DnsClass.Internet;

        public List<DnsRecord> Records { get; } = [];

        public DnsZoneError? Error { get; private set; }

        public void Add(List<DnsToken> tokens, bool beginsBlank)
        {
            var first = tokens[0];
            if (first is { Quoted: false } && first.Text.StartsWith('$')) Directive(tokens);
            else Record(tokens, beginsBlank);
        }

        private void Directive(List<DnsToken> tokens)
        {
            var reader = new DnsTokenReader(tokens, 1, _origin);
            switch (tokens[0].Text.ToUpperInvariant())
            {
                case "$ORIGIN":
                    var name = reader.ReadName("the origin");
                    if (!reader.Failed) _origin = name;
                    break;
                case "$TTL":
                    _standardTimeToLive = reader.ReadSeconds("the TTL");
                    break;
                default:
                    reader.Fail($"{tokens[0].Text} is not read here: $ORIGIN and $TTL are");
                    break;
            }

            if (!reader.Failed && !reader.AtEnd) reader.Fail($"more than one word follows {tokens[0].Text}");
            Error = reader.Error;
        }

        private void Record(List<DnsToken> tokens, bool beginsBlank)
        {
            var at = beginsBlank ? 0 : 1;
            if (!beginsBlank)
            {
                if (!DnsName.TryParseRelative(tokens[0].Text, _origin, out _owner, out var reason))
                {
                    Fail(tokens[0], $"the owner \"{tokens[0].Text}\": {reason}");
                    return;
                }
            }
            else if (_owner is null)
            {
                Fail(tokens[0], "the first record begins with a blank, and there is no owner before it");
                return;
            }

            // TTL and class come in either order, each at most once, and then the type (RFC 1035 §5.1).
            uint? timeToLive = null;
            DnsClass? @class = null;
            for (; at < tokens.Count; at++)
            {
                var word = tokens[at].Text;
                if (DnsMnemonics.TryParseType(word, out var type) && !(word.Equals("ANY", StringComparison.OrdinalIgnoreCase) && @class is null))
                {
                    Data(tokens, at + 1, timeToLive, @class ?? _class, type);
                    return;
                }

                if (@class is null && DnsMnemonics.TryParseClass(word, out var given)) @class = given;
                else if (timeToLive is null && DnsTimeToLiveText.TryParse(word, out var seconds)) timeToLive = seconds;
                else break;
            }

            var token = tokens[Math.Min(at, tokens.Count - 1)];
            Fail(token, at < tokens.Count ? $"\"{token.Text}\" is no TTL, class or type" : "the type is missing");
        }

        private void Data(List<DnsToken> tokens, int at, uint? given, DnsClass @class, DnsType type)
        {
            var reader = new DnsTokenReader(tokens, at, _origin);
            var data = DnsDataText.Read(reader, type, @class);
            Error = reader.Error;
            if (Error is not null) return;

            // RFC 2308 §4: $TTL is for records without one; RFC 1035 §5.1: else the last one stated. An SOA that comes first
            // lends its minimum, as servers have it since RFC 1035 §3.3.13.
            var timeToLive = given ?? _standardTimeToLive ?? _lastTimeToLive ?? (data as DnsData.Soa)?.Minimum;
            if (timeToLive is not { } seconds)
            {
                Fail(tokens[0], "there is no TTL: the record has none, and no $TTL or record with one stands before it");
                return;
            }

            (_lastTimeToLive, _class) = (given ?? _lastTimeToLive ?? seconds, @class);
            var record = new DnsRecord(_owner!, type, @class, seconds, data);
            try
            {
                // Fields can be right one by one and too long together.
                _ = data.ToBytes();
                Records.Add(record);
            }
            catch (InvalidOperationException e)
            {
                Fail(tokens[0], e.Message);
            }
        }

        private void Fail(DnsToken token, string reason) => Error = new DnsZoneError(token.Line, token.Column, reason);
    }
}
