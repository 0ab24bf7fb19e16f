using Fathom.Wire.Application.Dns;
using Fathom.Wire.Internet;

namespace Fathom.Wire.Tests.Application.Dns;

public sealed class DnsMessageTests
{
    [Fact]
    public void WritesTheQueryThatDigSends()
    {
        // What DiG 9.18.49 sent for "dig example.com AAAA", caught on loopback.
        var expected = Hex("986F 0120 0001 0000 0000 0001 07 6578616D706C65 03 636F6D 00 001C 0001 00 0029 04D0 00000000 000C 000A 0008 3674E7883F4B713A");
        var message = new DnsMessage
        {
            Id = 0x986F,
            RecursionDesired = true,
            AuthenticData = true,
            Questions = [new DnsQuestion(DnsName.Parse("example.com"), DnsType.Aaaa)],
            Edns = new DnsEdns(1232, 0, false, [new DnsEdnsOption(DnsEdnsOption.Cookie, Hex("3674E7883F4B713A"))]),
        };
        Assert.Equal(expected, message.ToBytes());
        Assert.True(DnsMessage.TryRead(expected, out var read, out _));
        Assert.Equal(message, read);
    }

    [Fact]
    public void CompressesAsInTheExampleOfRfc1035()
    {
        // RFC 1035 §4.1.4: F.ISI.ARPA, FOO.F.ISI.ARPA, ARPA and the root, at offset 20 there, at 12 here.
        var message = new DnsMessage
        {
            Questions =
            [
                new DnsQuestion(DnsName.Parse("F.ISI.ARPA"), DnsType.A),
                new DnsQuestion(DnsName.Parse("FOO.F.ISI.ARPA"), DnsType.A),
                new DnsQuestion(DnsName.Parse("ARPA"), DnsType.A),
                new DnsQuestion(DnsName.Root, DnsType.A),
            ],
        };
        var bytes = message.ToBytes();
        Assert.Equal(
            Hex("0000 0000 0004 0000 0000 0000 01 46 03 495349 04 41525041 00 0001 0001 03 464F4F C00C 0001 0001 C012 0001 0001 00 0001 0001"),
            bytes);
        Assert.True(DnsMessage.TryRead(bytes, out var read, out _));
        Assert.Equal(message, read);
    }

    [Fact]
    public void CompressionKeepsTheCaseOfLetters()
    {
        var message = new DnsMessage
        {
            Questions = [new DnsQuestion(DnsName.Parse("eXample.com"), DnsType.A), new DnsQuestion(DnsName.Parse("Example.com"), DnsType.A)],
        };
        Assert.True(DnsMessage.TryRead(message.ToBytes(), out var read, out _));
        Assert.Equal("eXample.com", read.Questions[0].Name.ToString());
        Assert.Equal("Example.com", read.Questions[1].Name.ToString());
    }

    [Fact]
    public void CompressesOnlyTheTypesOfRfc1035()
    {
        // RFC 3597 §4: MX may be compressed, SRV and DNAME not.
        var name = DnsName.Parse("a.example");
        int Length(DnsType type, DnsData data) => new DnsMessage { Answers = [new DnsRecord(name, type, DnsClass.Internet, 0, data)] }.ToBytes().Length;
        Assert.Equal(12 + 11 + 10 + 4, Length(DnsType.Mx, new DnsData.Mx(1, name)));
        Assert.Equal(12 + 11 + 10 + 17, Length(DnsType.Srv, new DnsData.Srv(1, 1, 1, name)));
        Assert.Equal(12 + 11 + 10 + 11, Length(DnsType.DName, new DnsData.DName(name)));
    }

    [Fact]
    public void ReadsAResponseWithEveryHeaderBit()
    {
        var bytes = Hex("1234 85B0 0000 0000 0000 0000");
        Assert.True(DnsMessage.TryRead(bytes, out var message, out _));
        Assert.Equal(
            new DnsMessage { Id = 0x1234, IsResponse = true, Authoritative = true, RecursionDesired = true, RecursionAvailable = true, AuthenticData = true, CheckingDisabled = true },
            message);
        Assert.Equal(bytes, message.ToBytes());
    }

    [Fact]
    public void MergesTheExtendedResponseCode()
    {
        // RFC 6891 §6.1.3: BADVERS is 16: the OPT's upper octet 1, the header's four bits 0.
        var bytes = Hex("0001 8000 0000 0000 0000 0001 00 0029 04D0 01000000 0000");
        Assert.True(DnsMessage.TryRead(bytes, out var message, out _));
        Assert.Equal(DnsResponseCode.BadVers, message.ResponseCode);
        Assert.Empty(message.Additionals);
        Assert.Equal(bytes, message.ToBytes());
        Assert.Throws<InvalidOperationException>(() => (message with { Edns = null }).ToBytes());
    }

    [Fact]
    public void NamesExtendedErrors()
    {
        // RFC 8914 §2: INFO-CODE 9, EXTRA-TEXT "no SEP"; one option too short for a code; one code of nobody.
        var edns = new DnsEdns(1232, 0, true, [new DnsEdnsOption(15, Hex("0009 6E6F20534550")), new DnsEdnsOption(15, Hex("00")), new DnsEdnsOption(15, Hex("FFFF"))]);
        Assert.Equal([new DnsExtendedError(9, "DNSKEY Missing", "no SEP"), new DnsExtendedError(65535, "Unassigned", "")], edns.ExtendedErrors);
        Assert.True(edns.ExtendedErrors[0].IsDnssecFailure);
    }

    [Theory]
    [InlineData("0001 0000 0001 0000 0000 0000 C00C 0001 0001", WireErrorKind.BadValue, 12)] // points at itself
    [InlineData("0001 0000 0001 0000 0000 0000 C00E 0001 0001", WireErrorKind.BadValue, 12)] // points forward
    [InlineData("0001 0000 0001 0000 0000 0000 01 61 C00C 0001 0001", WireErrorKind.BadValue, 14)] // points into its own labels
    [InlineData("0001 0000 0001 0000 0000 0000 C000 0001 0001", WireErrorKind.BadValue, 12)] // points into the header
    [InlineData("0001 0000 0002 0000 0000 0000 C00E C00C 0001 0001", WireErrorKind.BadValue, 12)] // two that point at each other
    [InlineData("0001 0000 0001 0000 0000 0000 40 61 00 0001 0001", WireErrorKind.BadValue, 12)] // extended label
    [InlineData("0001 0000 0001 0000 0000 0000 80 61 00 0001 0001", WireErrorKind.BadValue, 12)] // reserved label
    [InlineData("0001 0000 0001 0000 0000 0000 05 6161", WireErrorKind.TooShort, 13)]
    [InlineData("0001 0000 0001 0000 0000 0000 C0", WireErrorKind.TooShort, 12)]
    [InlineData("0001 0000 FFFF FFFF FFFF FFFF", WireErrorKind.TooShort, 12)] // counts that nothing stands behind
    [InlineData("0001 0000 0000 0001 0000 0000 00 0001 0001 00000000 0003 010203", WireErrorKind.TooShort, 23)] // an address of three octets
    [InlineData("0001 0000 0000 0001 0000 0000 00 0001 0001 00000000 0005 0102030405", WireErrorKind.BadLength, 27)] // of five
    [InlineData("0001 0000 0000 0001 0000 0000 00 0001 0001 00000000 FFFF 01020304", WireErrorKind.TooShort, 23)]
    [InlineData("0001 0000 0000 0001 0000 0000 00 0010 0001 00000000 0000", WireErrorKind.TooShort, 23)] // TXT without a string
    [InlineData("0001 0000 0000 0001 0000 0000 00 0010 0001 00000000 0002 0261", WireErrorKind.TooShort, 24)] // a string beyond RDATA
    [InlineData("0001 0000 0000 0001 0000 0000 00 0029 0200 00000000 0000", WireErrorKind.BadValue, 15)] // OPT among the answers
    [InlineData("0001 0000 0000 0000 0000 0002 00 0029 0200 00000000 0000 00 0029 0200 00000000 0000", WireErrorKind.BadValue, 26)] // two OPT
    [InlineData("0001 0000 0000 0000 0000 0001 01 61 00 0029 0200 00000000 0000", WireErrorKind.BadValue, 17)] // OPT below the root
    [InlineData("0001 0000 0000 0000 0000 0001 00 0029 0200 00000000 0004 000A 0001", WireErrorKind.TooShort, 27)] // option beyond RDATA
    [InlineData("0001 0000 00", WireErrorKind.TooShort, 0)]
    public void RefusesWithPlaceAndKind(string hex, WireErrorKind kind, int offset)
    {
        Assert.False(DnsMessage.TryRead(Hex(hex), out var message, out var error));
        Assert.Null(message);
        Assert.Equal((kind, offset), (error.Kind, error.Offset));
        Assert.Equal("DNS", error.Protocol);
    }

    [Fact]
    public void AChainOfPointersEnds()
    {
        // Question i points at question i - 1; the first is the root. Every hop goes back, and still the 128th is refused.
        var questions = 200;
        var bytes = new List<byte>(Hex("0001 0000")) { 0, (byte)questions };
        bytes.AddRange(Hex("0000 0000 0000 00 0001 0001"));
        var previous = 12;
        for (var i = 1; i < questions; i++)
        {
            var here = bytes.Count;
            bytes.AddRange([(byte)(0xC0 | (previous >> 8)), (byte)previous, 0, 1, 0, 1]);
            previous = here;
        }

        Assert.False(DnsMessage.TryRead(bytes.ToArray(), out _, out var error));
        Assert.Equal(WireErrorKind.LimitExceeded, error.Kind);
    }

    [Fact]
    public void ANameGluedFromPointersHas255OctetsAtMost()
    {
        // Four labels of 63 octets take 257 octets: the fourth is refused though every part is there.
        var label = "3F" + string.Concat(Enumerable.Repeat("61", 63));
        var good = $"0001 0000 0002 0000 0000 0000 {label} {label} {label} 00 0001 0001 01 62 C00C 0001 0001";
        Assert.True(DnsMessage.TryRead(Hex(good), out var message, out _));
        Assert.Equal(195, message.Questions[1].Name.WireLength);
        Assert.False(DnsMessage.TryRead(Hex(good.Replace("01 62 C00C", label + "C00C", StringComparison.Ordinal)), out _, out var error));
        Assert.Equal(WireErrorKind.LimitExceeded, error.Kind);
    }

    [Theory]
    [InlineData(61, true)] // 3 × 64 + 62 + 1 = 255
    [InlineData(62, false)]
    public void ANameOnTheWireHas255Octets(int lastLabel, bool fits)
    {
        var label = "3F" + string.Concat(Enumerable.Repeat("61", 63));
        var last = lastLabel.ToString("X2") + string.Concat(Enumerable.Repeat("61", lastLabel));
        Assert.Equal(fits, DnsMessage.TryRead(Hex($"0001 0000 0001 0000 0000 0000 {label} {label} {label} {last} 00 0001 0001"), out var message, out var error));
        if (fits) Assert.Equal(255, message!.Questions[0].Name.WireLength);
        else Assert.Equal((WireErrorKind.LimitExceeded, 12 + (3 * 64)), (error.Kind, error.Offset));
    }

    [Fact]
    public void ANameEndsInsideItsData()
    {
        // NS with two octets of data; the label's other octets are the next record's.
        Assert.False(DnsMessage.TryRead(Hex("0001 8000 0000 0002 0000 0000 00 0002 0001 00000000 0002 0261 6200 0002 0001 00000000 0001 00"), out _, out var error));
        Assert.Equal(WireError.TooShort("DNS", 24, 2, 1, "NSDNAME", LengthSource.ElementLength), error);
    }

    [Fact]
    public void NothingPointsBeyond16KiB()
    {
        // RFC 1035 §4.1.4: a pointer has 14 bits. Both later names stand beyond them, and come back all the same.
        var filler = new DnsRecord(DnsName.Root, DnsType.Null, DnsClass.Internet, 0, new DnsData.Unknown(new byte[0x4000]));
        var late = new DnsRecord(DnsName.Parse("late.example"), DnsType.Ns, DnsClass.Internet, 0, new DnsData.Ns(DnsName.Parse("ns.late.example")));
        var message = new DnsMessage { Answers = [filler, late, late] };
        Assert.True(DnsMessage.TryRead(message.ToBytes(), out var read, out var error), error.ToString());
        Assert.Equal(message, read);
    }

    [Fact]
    public void MemoryStaysInProportionToTheMessage()
    {
        // The worst for its size: 65,535 octets of questions that all point at one name of 255 octets.
        var name = DnsName.Parse(string.Join('.', Enumerable.Repeat("x", 127)));
        var bytes = new List<byte>(Hex("0001 0000 0000 0000 0000 0000"));
        bytes.AddRange(name.Wire);
        bytes.AddRange(Hex("0001 0001"));
        var count = 1;
        for (; bytes.Count + 6 <= DnsMessage.MaximumLength; count++) bytes.AddRange(Hex("C00C 0001 0001"));
        bytes[4] = (byte)(count >> 8);
        bytes[5] = (byte)count;
        var message = bytes.ToArray();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.True(DnsMessage.TryRead(message, out var read, out _));
        Assert.Equal(count, read.Questions.Count);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 8 * 1024 * 1024);
        Assert.Equal(message, read.ToBytes());
    }

    [Fact]
    public void AMessageThatDoesNotFitIsNotWritten()
    {
        var record = new DnsRecord(DnsName.Root, DnsType.Txt, DnsClass.Internet, 0, new DnsData.Txt([new byte[255]]));
        var message = new DnsMessage { Answers = [.. Enumerable.Repeat(record, 245)] };
        Assert.Equal(12 + (245 * 267), message.ToBytes().Length);
        Assert.False(message.TryWrite(512, out _));
        Assert.Throws<InvalidOperationException>(() => (message with { Answers = [.. Enumerable.Repeat(record, 246)] }).ToBytes());
        Assert.False(DnsMessage.TryRead(new byte[65536], out _, out var error));
        Assert.Equal(WireErrorKind.LimitExceeded, error.Kind);
    }

    [Fact]
    public void OctetsAfterTheLastRecordAreCounted()
    {
        var bytes = Hex("0001 8000 0000 0000 0000 0000 010203");
        Assert.True(DnsMessage.TryRead(bytes, out var message, out _));
        Assert.Equal(3, message.TrailingLength);
        Assert.Equal(bytes[..12], message.ToBytes());
        Assert.Equal(message, message with { TrailingLength = 0 });
    }

    [Fact]
    public void AnUpdateMayHaveRecordsWithoutData()
    {
        // RFC 2136 §2.5.2: class ANY, no data: delete the set.
        var bytes = Hex("0001 2800 0001 0000 0001 0000 01 61 00 0006 0001 C00C 0001 00FF 00000000 0000");
        Assert.True(DnsMessage.TryRead(bytes, out var message, out _));
        Assert.Equal(DnsOpcode.Update, message.Opcode);
        Assert.Equal(new DnsData.Unknown(ReadOnlyMemory<byte>.Empty), message.Authorities[0].Data);
        Assert.Equal(bytes, message.ToBytes());
    }

    [Fact]
    public void AnAddressOfAnotherClassIsNotAnIpAddress()
    {
        var bytes = Hex("0001 8000 0000 0001 0000 0000 00 0001 0003 00000000 0003 00 1234");
        Assert.True(DnsMessage.TryRead(bytes, out var message, out _));
        Assert.Equal(@". 0 CH A \# 3 001234", message.Answers[0].ToString());
    }

    [Fact]
    public void AnAddressRecordHoldsItsOwnVersion()
    {
        var record = new DnsRecord(DnsName.Root, DnsType.A, DnsClass.Internet, 0, new DnsData.A(IpAddress.LoopbackV6));
        Assert.Throws<InvalidOperationException>(() => new DnsMessage { Answers = [record] }.ToBytes());
    }

    [Fact]
    public void TheHeaderViewFollowsItsLayout()
    {
        // One bit of a row's range changes that property alone.
        foreach (var field in DnsHeader.Layout)
        {
            var bytes = new byte[12];
            var last = field.BitOffset + field.BitLength - 1;
            bytes[last / 8] |= (byte)(0x80 >> (last % 8));
            Assert.True(DnsHeader.TryRead(bytes, out var header, out _));
            var seen = new Dictionary<string, int>
            {
                ["id"] = header.Id,
                ["qr"] = header.IsResponse ? 1 : 0,
                ["opcode"] = (int)header.Opcode,
                ["aa"] = header.Authoritative ? 1 : 0,
                ["tc"] = header.Truncated ? 1 : 0,
                ["rd"] = header.RecursionDesired ? 1 : 0,
                ["ra"] = header.RecursionAvailable ? 1 : 0,
                ["z"] = header.Reserved ? 1 : 0,
                ["ad"] = header.AuthenticData ? 1 : 0,
                ["cd"] = header.CheckingDisabled ? 1 : 0,
                ["rcode"] = (int)header.ResponseCode,
                ["qdcount"] = header.QuestionCount,
                ["ancount"] = header.AnswerCount,
                ["nscount"] = header.AuthorityCount,
                ["arcount"] = header.AdditionalCount,
            };
            Assert.Equal(DnsHeader.Layout.Length, seen.Count);
            Assert.All(seen, row => Assert.Equal(row.Key == field.Name ? 1 : 0, row.Value));
        }
    }

    [Fact]
    public void TheHeaderViewAllocatesNothing()
    {
        var bytes = new byte[12];
        var sum = 0;
        void Read()
        {
            for (var i = 0; i < 1000; i++)
            {
                DnsHeader.TryRead(bytes, out var header, out _);
                sum += header.Id + header.AnswerCount;
            }
        }

        Read(); // the run-time's own first-call costs
        Assert.Equal(0, Allocations.Least(Read));
        Assert.Equal(0, sum);
    }

    private static byte[] Hex(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
