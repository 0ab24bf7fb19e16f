using System.Buffers.Binary;
using Fathom.Wire.Application.Dns;

namespace Fathom.Wire.Dissection;

/// <summary>The words of <see cref="DnsDissector"/>'s summary, written from the message's views; for the types of record that nearly all messages are made of.</summary>
internal static class DnsSummary
{
    /// <summary>No error and no answer, and no word on why.</summary>
    internal const string NoAnswer = "NOERROR, no answer";

    /// <summary>No such record, and the SOA of the zone that has none beside it: the pseudo code of RFC 2308 §2.2.</summary>
    internal const string NoData = "NODATA";

    /// <summary>Before the first server of a referral (RFC 1034 §4.3.1): no answer and no authority, but NS records that say who knows more.</summary>
    internal const string Referral = "referral to ";

    /// <summary>Writes " query A shop.example" or the like. False if the message is left to the dissector.</summary>
    internal static bool TryWrite(ReadOnlySpan<byte> payload, ref SummaryBuffer line)
    {
        if (!DnsMessageView.TryRead(payload, out var message, out _)) return false;
        var header = message.Header;
        if (header.QuestionCount > 1) return false;
        var upperCode = 0;
        if (!AreKnown(message.Answers) || !AreKnown(message.Authorities) || !AreKnown(message.Additionals, ref upperCode)) return false;

        line.Add(header.IsResponse ? " response "u8 : " query "u8);
        var questions = message.Questions;
        if (questions.MoveNext())
        {
            line.Add(questions.Current.Type.ToText());
            line.Add(" "u8);
            line.Add(questions.Current.Name, isAbsolute: false);
        }
        else
        {
            line.Add("no question"u8);
        }

        if (!header.IsResponse) return true;
        line.Add(": "u8);
        var code = (DnsResponseCode)((upperCode << 4) | (int)header.ResponseCode);
        if (code != DnsResponseCode.NoError) line.Add(code.ToText());
        else if (header.AnswerCount > 0) AddAnswers(message.Answers, header.AnswerCount, ref line);
        else if (header is { Authoritative: false, Truncated: false } && CountServers(message.Authorities) is > 0 and var servers) AddReferral(message.Authorities, servers, ref line);
        else line.Add(NoAnswer);

        if (header.Truncated) line.Add(", truncated"u8);
        return true;
    }

    private static void AddAnswers(DnsRecordEnumerator answers, int count, ref SummaryBuffer line)
    {
        for (var i = 0; i < DnsSectionDissector.Shown && answers.MoveNext(); i++)
        {
            if (i > 0) line.Add(", "u8);
            if (answers.Current.TryGetAddress(out var address))
            {
                line.Add(address);
            }
            else if (answers.Current.TryGetTarget(out var target))
            {
                line.Add(answers.Current.Type.ToText());
                line.Add(" "u8);
                line.Add(target, isAbsolute: true);
            }
        }

        if (count <= DnsSectionDissector.Shown) return;
        line.Add(" and "u8, (uint)(count - DnsSectionDissector.Shown));
        line.Add(" more"u8);
    }

    private static int CountServers(DnsRecordEnumerator authorities)
    {
        var count = 0;
        foreach (var record in authorities)
        {
            if (record.Type == DnsType.Ns) count++;
        }

        return count;
    }

    private static void AddReferral(DnsRecordEnumerator authorities, int count, ref SummaryBuffer line)
    {
        line.Add(Referral);
        foreach (var record in authorities)
        {
            if (record.Type != DnsType.Ns || !record.TryGetTarget(out var target)) continue;
            line.Add(target, isAbsolute: true);
            break;
        }

        if (count == 1) return;
        line.Add(" and "u8, (uint)(count - 1));
        line.Add(" more"u8);
    }

    private static bool AreKnown(DnsRecordEnumerator records)
    {
        foreach (var record in records)
        {
            if (!record.TryGetAddress(out _) && !(record.Type is DnsType.CName or DnsType.Ns or DnsType.Ptr && record.Class == DnsClass.Internet && record.TryGetTarget(out _))) return false;
        }

        return true;
    }

    // One OPT record may stand among the additionals; its options must fill it.
    private static bool AreKnown(DnsRecordEnumerator records, ref int upperCode)
    {
        var hasOpt = false;
        foreach (var record in records)
        {
            if (record.Type != DnsType.Opt)
            {
                if (!record.TryGetAddress(out _)) return false;
                continue;
            }

            if (hasOpt || !record.Name.IsRoot) return false;
            hasOpt = true;
            upperCode = (int)(record.TimeToLive >> 24);
            var options = record.Data;
            while (options.Length >= 4 && options.Length - 4 >= BinaryPrimitives.ReadUInt16BigEndian(options[2..])) options = options[(4 + BinaryPrimitives.ReadUInt16BigEndian(options[2..]))..];
            if (!options.IsEmpty) return false;
        }

        return true;
    }
}
