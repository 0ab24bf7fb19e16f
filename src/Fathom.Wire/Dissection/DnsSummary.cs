using System.Buffers.Binary;
using Fathom.Wire.Application.Dns;

namespace Fathom.Wire.Dissection;

/// <summary>The words of <see cref="DnsDissector"/>'s summary, written from the message's views; for the types of record that nearly all messages are made of.</summary>
internal static class DnsSummary
{
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
        if (code != DnsResponseCode.NoError || header.AnswerCount == 0)
        {
            line.Add(code.ToText());
            if (code == DnsResponseCode.NoError) line.Add(", no answer"u8);
        }
        else
        {
            AddAnswers(message.Answers, header.AnswerCount, ref line);
        }

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
