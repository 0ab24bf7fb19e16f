using Fathom.Wire.Capture;

namespace Fathom.Wire.Tests.Capture;

public class HexDumpTests
{
    [Theory]
    [InlineData("45 00 00 1c")]
    [InlineData("4500001c")]
    [InlineData("45:00:00:1C")]
    [InlineData("45-00-00-1c")]
    [InlineData("0x45, 0x00, 0x00, 0x1c")]
    [InlineData("0x4500001c")]
    [InlineData("\\x45\\x00\\x00\\x1c")]
    [InlineData("45 0 0 1c")]
    [InlineData("4500\n001c\n")]
    public void Plain_hexadecimal_is_read_however_it_is_typed(string text)
    {
        Assert.True(HexDump.TryParse(text, out var packets, out var reason), reason);
        Assert.Equal([0x45, 0x00, 0x00, 0x1C], Assert.Single(packets));
    }

    [Theory] // As the tools print them.
    [InlineData("12:00:00.0 IP a > b: x\n\t0x0000:  4142 4344 4546 4748 494a 4b4c 4d4e 4f50  ABCDEFGHIJKLMNOP\n\t0x0010:  5152 53                                  QRS")]
    [InlineData("0000   41 42 43 44 45 46 47 48 49 4a 4b 4c 4d 4e 4f 50   ABCDEFGHIJKLMNOP\n0010   51 52 53                                          QRS")]
    [InlineData("00000000: 4142 4344 4546 4748 494a 4b4c 4d4e 4f50  ABCDEFGHIJKLMNOP\n00000010: 5152 53                                  QRS")]
    [InlineData("00000000  41 42 43 44 45 46 47 48  49 4a 4b 4c 4d 4e 4f 50  |ABCDEFGHIJKLMNOP|\n00000010  51 52 53                                          |QRS|\n00000013")]
    public void Dumps_are_read_without_their_offsets_and_text(string text)
    {
        Assert.True(HexDump.TryParse(text, out var packets, out var reason), reason);
        Assert.Equal("ABCDEFGHIJKLMNOPQRS"u8.ToArray(), Assert.Single(packets));
    }

    [Fact]
    public void Each_offset_zero_begins_a_packet()
    {
        Assert.True(HexDump.TryParse("0000  41 42\n\n0000  43\n", out var packets, out _));
        Assert.Equal(new byte[] { 0x41, 0x42 }, packets[0]);
        Assert.Equal(new byte[] { 0x43 }, packets[1]);
    }

    [Theory]
    [InlineData("hello", "not hexadecimal")]
    [InlineData("450", "odd number")]
    [InlineData("", "no octets")]
    public void What_is_no_hexadecimal_is_refused_with_the_word(string text, string reason)
    {
        Assert.False(HexDump.TryParse(text, out _, out var said));
        Assert.Contains(reason, said, StringComparison.Ordinal);
    }
}
