using Fathom.Wire.Internet;
using Fathom.Wire.Tests.Dissection;

namespace Fathom.Wire.Tests.Internet;

public class MulticastTests
{
    [Theory] // RFC 3376 §4.1.1: code 1eeemmmm is (mant | 0x10) << (exp + 3).
    [InlineData(0, 0)]
    [InlineData(127, 127)]
    [InlineData(0x80, 128)]
    [InlineData(0x8F, 248)]
    [InlineData(0x90, 256)]
    [InlineData(0xFF, 31744)]
    public void A_code_of_eight_bits_is_linear_and_then_floating(byte code, int value)
    {
        Assert.Equal(value, MulticastCode.Decode(code));
        Assert.Equal(code, MulticastCode.EncodeByte(value));
    }

    [Theory] // RFC 3810 §5.1.3: code 1eeemmmmmmmmmmmm is (mant | 0x1000) << (exp + 3).
    [InlineData(0x7FFF, 32767)]
    [InlineData(0x8000, 32768)]
    [InlineData(0x8FFF, 65528)]
    [InlineData(0xFFFF, 8387584)]
    public void A_code_of_sixteen_bits_is_linear_and_then_floating(ushort code, int value)
    {
        Assert.Equal(value, MulticastCode.Decode(code));
        Assert.Equal(code, MulticastCode.EncodeWord(value));
    }

    [Fact]
    public void A_value_between_two_codes_gets_the_lower_one_and_one_above_all_the_largest()
    {
        for (var value = 0; value <= 31744; value++) Assert.InRange(MulticastCode.Decode(MulticastCode.EncodeByte(value)), value - (value / 16), value);
        Assert.Equal((0xFF, 0xFFFF), (MulticastCode.EncodeByte(int.MaxValue), MulticastCode.EncodeWord(int.MaxValue)));
        Assert.Throws<ArgumentOutOfRangeException>(() => MulticastCode.EncodeByte(-1));
    }

    [Fact]
    public void Records_of_a_report_are_read_back()
    {
        byte[] records = [.. Samples.GroupRecord(Samples.GroupV4, Samples.V4A, Samples.V4B), 6, 1, 0, 0, 224, 0, 0, 251, 1, 2, 3, 4];
        var bytes = Samples.Build(new IgmpReportHeader(2), records);
        Assert.True(IgmpReport.TryRead(bytes, out var report, out _));
        var walk = report.EnumerateRecords();
        Assert.True(walk.MoveNext());
        Assert.Equal((MulticastRecordType.ModeIsInclude, Samples.GroupV4, 2, 0), (walk.Current.Type, walk.Current.Group, walk.Current.SourceCount, walk.Current.AuxiliaryData.Length));
        Assert.Equal((Samples.V4A, Samples.V4B), (walk.Current.GetSource(0), walk.Current.GetSource(1)));
        Assert.True(walk.MoveNext());
        Assert.Equal((MulticastRecordType.BlockOldSources, "224.0.0.251", 16), (walk.Current.Type, walk.Current.Group.ToString(), walk.Current.Offset));
        Assert.Equal([1, 2, 3, 4], walk.Current.AuxiliaryData.ToArray());
        Assert.False(walk.MoveNext());
        Assert.False(walk.Error.IsError);
        Assert.True(IgmpMessage.TryRead(bytes, out var igmp, out _));
        Assert.True(igmp.ChecksumIsValid);
        bytes[9] ^= 1;
        Assert.True(IgmpMessage.TryRead(bytes, out igmp, out _));
        Assert.False(igmp.ChecksumIsValid);
    }

    [Fact]
    public void Queries_are_read_back_with_their_sources()
    {
        Assert.True(IgmpQuery.TryRead(Samples.Build(new IgmpQueryHeader(100, Samples.GroupV4, Sources: new[] { Samples.V4A, Samples.V4B })), out var query, out _));
        Assert.Equal((2, Samples.V4B, (byte)2, (byte)125), (query.SourceCount, query.GetSource(1), query.Robustness, query.QueryIntervalCode));
        var header = new MldQueryHeader(1000, Samples.GroupV6, Sources: new[] { Samples.V6A });
        var bytes = new byte[header.Length];
        header.WriteTo(bytes, Samples.V6A, Samples.V6B);
        Assert.True(MldQuery.TryRead(bytes, out var query6, out _));
        Assert.Equal((1, Samples.V6A, Samples.GroupV6), (query6.SourceCount, query6.GetSource(0), query6.Group));
        Assert.True(Icmpv6Message.TryRead(bytes, out var icmp, out _));
        Assert.True(icmp.ChecksumIsValid(Samples.V6A, Samples.V6B));
    }

    [Theory] // RFC 3376 §7.1: the length and the code tell a query's version.
    [InlineData(8, 0, 1)]
    [InlineData(8, 100, 2)]
    [InlineData(9, 100, 0)]
    [InlineData(12, 100, 3)]
    public void A_querys_version_is_that_of_its_length(int length, byte code, int version)
    {
        var bytes = new byte[length];
        (bytes[0], bytes[1]) = (0x11, code);
        Assert.True(IgmpMessage.TryRead(bytes, out var igmp, out _));
        Assert.Equal(version, igmp.Version);
    }

    [Fact]
    public void Addresses_of_the_other_version_are_misuse()
    {
        Assert.Throws<InvalidOperationException>(() => Samples.Build(new IgmpHeader(IgmpType.ReportV2, Samples.GroupV6)));
        Assert.Throws<InvalidOperationException>(() => Samples.Build(new MldHeader(Icmpv6Type.MulticastListenerReport, Samples.GroupV4)));
        Assert.Throws<InvalidOperationException>(() => Samples.GroupRecord(Samples.GroupV4, Samples.V6A));
        Assert.Throws<InvalidOperationException>(() => Samples.Build(new IgmpQueryHeader(1, Samples.GroupV4, Robustness: 8)));
    }
}
