using System.Buffers.Binary;
using Fathom.Wire.Application.Dns;

namespace Fathom.Wire.Tests.Application.Dns;

/// <summary>The pack's messages, found by fuzzing name servers: dns/fuzz-packets.</summary>
public sealed class DnsFuzzPacketTests
{
    [Fact]
    public void EveryMessageIsReadOrRefusedAndWrittenBack()
    {
        var packets = Load();
        Assert.Equal(1500, packets.Count);
        var read = 0;
        foreach (var packet in packets)
        {
            if (!DnsMessage.TryRead(packet, out var message, out var error))
            {
                Assert.True(error.IsError);
                Assert.InRange(error.Offset, 0, packet.Length);
                continue;
            }

            read++;
            Assert.All(message.Answers.Concat(message.Authorities).Concat(message.Additionals), record => Assert.DoesNotContain(record.ToString(), char.IsControl));
            Assert.True(DnsMessage.TryRead(message.ToBytes(), out var again, out error), error.ToString());
            Assert.Equal(message, again);
        }

        // Not all may be refused: most of the system tests' messages are good ones.
        Assert.InRange(read, 500, packets.Count);
        TestContext.Current.TestOutputHelper?.WriteLine($"{read} of {packets.Count} read");
    }

    [Fact]
    public void EveryTruncationIsReadOrRefused()
    {
        foreach (var packet in Load().Where(static packet => packet.Length <= 300))
        {
            var whole = DnsMessage.TryRead(packet, out _, out _);
            for (var length = 0; length < packet.Length; length++)
            {
                if (DnsMessage.TryRead(packet.AsSpan(0, length), out _, out var error)) Assert.False(whole);
                else Assert.InRange(error.Offset, 0, length);
            }
        }
    }

    private static List<byte[]> Load()
    {
        var bytes = File.ReadAllBytes(Conformance.Require("dns", "fuzz-packets", "packets.bin"));
        var packets = new List<byte[]>();
        for (var at = 0; at < bytes.Length;)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(at));
            packets.Add(bytes[(at + 2)..(at + 2 + length)]);
            at += 2 + length;
        }

        return packets;
    }
}
