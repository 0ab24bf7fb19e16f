using CsCheck;
using Fathom.Wire.Tests.Dissection;
using Fathom.Wire.Transport;

namespace Fathom.Wire.Tests.Transport;

public class TcpTests
{
    private static readonly Gen<TcpOptions> Options = Gen.Select(
        Gen.UShort.Nullable(), Gen.Byte.Nullable(), Gen.Bool, Gen.Select(Gen.UInt, Gen.UInt).Nullable(), Gen.Select(Gen.UInt, Gen.UInt).Array[0, 4],
        Gen.Byte.Array[0, 8], Gen.UInt[0, 0x7FFF].Nullable())
        .Select((size, shift, permitted, stamps, blocks, cookie, timeout) => new TcpOptions
        {
            MaximumSegmentSize = size,
            WindowScale = shift,
            SackPermitted = permitted,
            Timestamps = stamps is { } s ? new TcpTimestamps(s.Item1, s.Item2) : null,
            SackBlocks = new TcpSackBlocks([.. blocks.Select(b => new TcpSackBlock(new SequenceNumber(b.Item1), new SequenceNumber(b.Item2)))]),
            FastOpenCookie = TcpFastOpenCookie.TryMake(cookie, out var made) ? made : null,
            UserTimeoutSeconds = timeout,
        }).Where(options => options.Length <= TcpOptions.MaxLength);

    [Fact]
    public void What_a_header_says_is_what_the_view_reads() => Gen.Select(
        Gen.Select(Gen.UShort, Gen.UShort, Gen.UInt, Gen.UInt, Gen.Int[0, 0x1FF], Gen.UShort, Gen.UShort), Options, Gen.Byte.Array[0, 50])
        .Sample((a, options, payload) =>
        {
            var header = new TcpHeader
            {
                SourcePort = a.Item1, DestinationPort = a.Item2, SequenceNumber = new SequenceNumber(a.Item3), AcknowledgmentNumber = new SequenceNumber(a.Item4),
                Flags = (TcpFlags)a.Item5, Window = a.Item6, UrgentPointer = a.Item7, Options = options,
            };
            Assert.True(TcpSegment.TryRead(Samples.Tcp(Samples.V4A, Samples.V4B, header, payload), out var view, out var error), error.ToString());
            Assert.True(view.ChecksumIsValid(Samples.V4A, Samples.V4B));
            Assert.False(view.ChecksumIsValid(Samples.V4A, Samples.V4A));
            Assert.Equal(payload, view.Payload.ToArray());
            Assert.Equal(header, new TcpHeader
            {
                SourcePort = view.SourcePort, DestinationPort = view.DestinationPort, SequenceNumber = view.SequenceNumber,
                AcknowledgmentNumber = view.AcknowledgmentNumber, Flags = view.Flags, Window = view.Window, UrgentPointer = view.UrgentPointer,
                Options = TcpOptions.Read(view.Options),
            });
        }, iter: 5_000);

    [Fact]
    public void The_options_of_a_SYN_stand_as_Linux_writes_them()
    {
        var bytes = new byte[20];
        Assert.Equal(20, Samples.SynHeader.Options.WriteTo(bytes));
        Assert.Equal("020405b4" + "0402080a0000000700000000" + "01030307", Convert.ToHexStringLower(bytes));
    }

    [Fact]
    public void Known_options_are_read_and_unknown_ones_kept_opaque()
    {
        byte[] options = [19, 18, .. new byte[16], 29, 4, 1, 2, 200, 3, 9, 28, 4, 0x80, 2, 34, 2, 1, 1, 1, 0, 99];
        var walk = new TcpOptionEnumerator(options);
        var seen = new List<(TcpOptionKind, int)>();
        while (walk.MoveNext()) seen.Add((walk.Current.Kind, walk.Current.Data.Length));
        Assert.Equal(
            [
                (TcpOptionKind.Md5Signature, 16), (TcpOptionKind.Authentication, 2), ((TcpOptionKind)200, 1), (TcpOptionKind.UserTimeout, 2), (TcpOptionKind.FastOpen, 0),
                (TcpOptionKind.NoOperation, 0), (TcpOptionKind.NoOperation, 0), (TcpOptionKind.NoOperation, 0), (TcpOptionKind.EndOfList, 0),
            ], seen);
        var values = TcpOptions.Read(options);
        Assert.Equal(120u, values.UserTimeoutSeconds); // RFC 5482 §3: two minutes
        Assert.Equal(0, values.FastOpenCookie!.Value.Length);
    }

    [Theory]
    [InlineData(new byte[] { 1, 2 }, WireErrorKind.TooShort, 1)]
    [InlineData(new byte[] { 2, 0 }, WireErrorKind.BadLength, 1)]
    [InlineData(new byte[] { 2, 1 }, WireErrorKind.BadLength, 1)]
    [InlineData(new byte[] { 2, 4, 5 }, WireErrorKind.TooShort, 0)]
    public void Damage_ends_the_walk_and_is_told(byte[] options, WireErrorKind kind, int offset)
    {
        var walk = new TcpOptionEnumerator(options);
        while (walk.MoveNext()) Assert.Equal(TcpOptionKind.NoOperation, walk.Current.Kind);
        Assert.Equal((kind, offset), (walk.Error.Kind, walk.Error.Offset));
    }

    [Theory] // an option of a wrong length is no option of that kind
    [InlineData(new byte[] { 2, 3, 5 })]
    [InlineData(new byte[] { 3, 4, 5, 5 })]
    [InlineData(new byte[] { 4, 3, 5 })]
    [InlineData(new byte[] { 5, 9, 1, 2, 3, 4, 5, 6, 7 })]
    [InlineData(new byte[] { 8, 6, 1, 2, 3, 4 })]
    [InlineData(new byte[] { 34, 5, 1, 2, 3 })]
    public void A_known_kind_of_a_wrong_length_is_skipped(byte[] options) => Assert.Equal(default, TcpOptions.Read(options));

    [Fact]
    public void More_than_forty_octets_of_options_are_misuse()
    {
        var block = new TcpSackBlock(new SequenceNumber(1), new SequenceNumber(2));
        var options = new TcpOptions { Timestamps = default(TcpTimestamps), SackBlocks = new TcpSackBlocks([block, block, block, block]) };
        Assert.Throws<InvalidOperationException>(() => (Samples.SynHeader with { Options = options }).WriteTo(new byte[80]));
        Assert.Throws<ArgumentException>(() => new TcpSackBlocks([block, block, block, block, block]));
    }

    [Theory]
    [InlineData(TcpFlags.Syn, 0, 1)]
    [InlineData(TcpFlags.Ack, 3, 3)]
    [InlineData(TcpFlags.Fin | TcpFlags.Syn, 2, 4)]
    public void Data_SYN_and_FIN_take_numbers(TcpFlags flags, int payload, uint expected) // RFC 9293 §3.4
    {
        Assert.True(TcpSegment.TryRead(Samples.Tcp(Samples.V4A, Samples.V4B, Samples.SynHeader with { Flags = flags }, new byte[payload]), out var view, out _));
        Assert.Equal(expected, view.SequenceLength);
    }

    [Theory]
    [InlineData(0x40, 16)]
    [InlineData(0x00, 0)]
    public void A_data_offset_below_five_words_is_refused(byte octet, int length)
    {
        var bytes = Samples.Tcp(Samples.V4A, Samples.V4B, Samples.SynHeader);
        bytes[12] = octet;
        Assert.False(TcpSegment.TryRead(bytes, out _, out var error));
        Assert.Equal(WireError.BadLength("TCP", 12, 20, length, LengthSource.HeaderLength, "data offset"), error);
    }
}
