using System.Buffers.Binary;
using System.Net;

namespace Fathom.EndToEnd.Worlds.Servers;

/// <summary>How one misbehaving nameserver answers a question (RFC 1035 section 4).</summary>
internal sealed record NameserverBehavior(int Index, NameserverBehavior.Reply Answer, bool FromAnotherAddress = false)
{
    private const int HeaderLength = 12;
    private const int TypeA = 1;

    /// <summary>The messages sent back for one question.</summary>
    public delegate IReadOnlyList<byte[]> Reply(ReadOnlySpan<byte> question);

    /// <summary>The resolver's address for a resolv.conf.</summary>
    public string Address => Topology.MisbehavingResolverV4(Index);

    public static NameserverBehavior Silent { get; } = new(0, _ => []);

    public static NameserverBehavior WrongId { get; } = new(1, question =>
    {
        var answer = Response(question, AddressRecord([0xC0, 0x0C]));
        answer[0] ^= 0xFF;
        return [answer];
    });

    public static NameserverBehavior AnotherAddress { get; } = new(2, question => [Response(question, AddressRecord([0xC0, 0x0C]))], FromAnotherAddress: true);

    /// <summary>The owner name of the answer is a pointer to itself.</summary>
    public static NameserverBehavior CompressionLoop { get; } = new(3, question =>
    {
        var at = QuestionEnd(question);
        return [Response(question, AddressRecord([(byte)(0xC0 | (at >> 8)), (byte)at]))];
    });

    /// <summary>Half a header.</summary>
    public static NameserverBehavior Short { get; } = new(4, question => [question[..(HeaderLength / 2)].ToArray()]);

    /// <summary>Answers a question that nobody asked, with the right id.</summary>
    public static NameserverBehavior WrongQuestion { get; } = new(5, question =>
    {
        var answer = Response(question, AddressRecord([0xC0, 0x0C]));
        // The first letter of the name becomes another one.
        answer[HeaderLength + 1] = answer[HeaderLength + 1] == (byte)'q' ? (byte)'z' : (byte)'q';
        return [answer];
    });

    /// <summary>Claims 65,535 records and brings none.</summary>
    public static NameserverBehavior CountsWithoutRecords { get; } = new(6, question =>
    {
        var answer = Response(question, []);
        BinaryPrimitives.WriteUInt16BigEndian(answer.AsSpan(6), ushort.MaxValue);
        return [answer];
    });

    /// <summary>A hundred forged answers for every question.</summary>
    public static NameserverBehavior Flood { get; } = new(7, question =>
    {
        var answers = new List<byte[]>();
        for (var count = 0; count < 100; count++)
        {
            var answer = Response(question, AddressRecord([0xC0, 0x0C]));
            answer[0] ^= (byte)(count + 1);
            answers.Add(answer);
        }

        return answers;
    });

    /// <summary>Every answer is truncated, and there is no TCP.</summary>
    public static NameserverBehavior AlwaysTruncated { get; } = new(8, question =>
    {
        var answer = Response(question, []);
        answer[2] |= 0x02;
        BinaryPrimitives.WriteUInt16BigEndian(answer.AsSpan(6), 0);
        return [answer];
    });

    /// <summary>Has an address for every name there is, and for those there are not.</summary>
    public static NameserverBehavior Hijacker { get; } = new(9, question => [Addresses(question)]);

    /// <summary>Answers SERVFAIL, unless checking is disabled (CD, RFC 4035 section 3.2.2).</summary>
    public static NameserverBehavior Validator { get; } = new(10, question =>
    {
        var answer = Addresses(question);
        if ((question[3] & 0x10) == 0)
        {
            answer = answer[..QuestionEnd(question)];
            answer[3] |= 2;
            BinaryPrimitives.WriteUInt16BigEndian(answer.AsSpan(6), 0);
        }

        return [answer];
    });

    /// <summary>Has no zone, and refers every question to the root (RFC 1912 section 2.8), as old servers do.</summary>
    public static NameserverBehavior Upward { get; } = new(11, question =>
    {
        // Owner: the root. NS, IN, 300 s, 14 octets: ns.root.test.
        var answer = Response(question, [0, 0, 2, 0, 1, 0, 0, 1, 44, 0, 14, 2, .. "ns"u8, 4, .. "root"u8, 4, .. "test"u8, 0]);
        BinaryPrimitives.WriteUInt16BigEndian(answer.AsSpan(2), 0x8000);
        BinaryPrimitives.WriteUInt16BigEndian(answer.AsSpan(6), 0);
        BinaryPrimitives.WriteUInt16BigEndian(answer.AsSpan(8), 1);
        return [answer];
    });

    /// <summary>Answers SERVFAIL, whatever is asked.</summary>
    public static NameserverBehavior Failing { get; } = new(12, question =>
    {
        var answer = Response(question, []);
        answer[3] = 2;
        BinaryPrimitives.WriteUInt16BigEndian(answer.AsSpan(6), 0);
        return [answer];
    });

    /// <summary>Behind something that drops every question with an OPT record (RFC 6891 section 6.2.6).</summary>
    public static NameserverBehavior DropsEdns { get; } = new(13, question => HasAdditional(question) ? [] : [Honest(question)]);

    /// <summary>Knows no version of EDNS that is asked in: BADVERS (RFC 6891 section 6.1.3).</summary>
    public static NameserverBehavior BadVersion { get; } = new(14, question =>
    {
        if (!HasAdditional(question)) return [Honest(question)];
        // An OPT record: the root, type 41, 1,232 octets, the upper bits of code 16, version 0, no flags, no options.
        var answer = Response(question, [0, 0, 41, 0x04, 0xD0, 1, 0, 0, 0, 0, 0]);
        BinaryPrimitives.WriteUInt16BigEndian(answer.AsSpan(6), 0);
        BinaryPrimitives.WriteUInt16BigEndian(answer.AsSpan(10), 1);
        return [answer];
    });

    public static IReadOnlyList<NameserverBehavior> All { get; } =
    [
        Silent, WrongId, AnotherAddress, CompressionLoop, Short, WrongQuestion, CountsWithoutRecords, Flood, AlwaysTruncated,
        Hijacker, Validator, Upward, Failing, DropsEdns, BadVersion,
    ];

    // As Addresses, and NXDOMAIN for what cannot exist (RFC 6761 section 6.4).
    private static byte[] Honest(ReadOnlySpan<byte> question)
    {
        var answer = question.IndexOf("\u0007invalid\0"u8) < 0 ? Addresses(question) : Response(question, []);
        if (answer.Length > QuestionEnd(question)) return answer;
        BinaryPrimitives.WriteUInt16BigEndian(answer.AsSpan(6), 0);
        if (question.IndexOf("\u0007invalid\0"u8) >= 0) answer[3] |= 3;
        return answer;
    }

    private static bool HasAdditional(ReadOnlySpan<byte> question) => BinaryPrimitives.ReadUInt16BigEndian(question[10..]) > 0;

    // The server's address for a question of type A, an empty answer for any other type.
    private static byte[] Addresses(ReadOnlySpan<byte> question)
    {
        var end = QuestionEnd(question);
        if (BinaryPrimitives.ReadUInt16BigEndian(question[(end - 4)..]) == TypeA)
        {
            return Response(question, AddressRecord([0xC0, 0x0C]));
        }

        var answer = Response(question, []);
        BinaryPrimitives.WriteUInt16BigEndian(answer.AsSpan(6), 0);
        return answer;
    }

    private static byte[] Response(ReadOnlySpan<byte> question, byte[] record)
    {
        var end = QuestionEnd(question);
        var answer = new byte[end + record.Length];
        question[..end].CopyTo(answer);
        // QR, RD, RA; no error; one question, one answer, nothing else (an OPT record of the question is not repeated).
        BinaryPrimitives.WriteUInt16BigEndian(answer.AsSpan(2), 0x8180);
        BinaryPrimitives.WriteUInt16BigEndian(answer.AsSpan(4), 1);
        BinaryPrimitives.WriteUInt16BigEndian(answer.AsSpan(6), 1);
        BinaryPrimitives.WriteUInt32BigEndian(answer.AsSpan(8), 0);
        record.CopyTo(answer.AsSpan(end));
        return answer;
    }

    private static byte[] AddressRecord(byte[] owner)
    {
        var record = new byte[owner.Length + 14];
        owner.CopyTo(record, 0);
        var fields = record.AsSpan(owner.Length);
        BinaryPrimitives.WriteUInt16BigEndian(fields, TypeA);
        BinaryPrimitives.WriteUInt16BigEndian(fields[2..], 1);
        BinaryPrimitives.WriteUInt32BigEndian(fields[4..], 300);
        BinaryPrimitives.WriteUInt16BigEndian(fields[8..], 4);
        IPAddress.Parse(Topology.ServerV4).TryWriteBytes(fields[10..], out _);
        return record;
    }

    // The name's labels, the zero octet, then type and class. Questions come from our own tools: never compressed.
    private static int QuestionEnd(ReadOnlySpan<byte> question)
    {
        var at = HeaderLength;
        while (question[at] != 0)
        {
            at += 1 + question[at];
        }

        return at + 5;
    }
}
