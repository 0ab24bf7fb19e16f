using System.Text.Json;
using Fathom.Wire.Application.Tls;

namespace Fathom.Wire.Tests.Application.Tls;

/// <summary>rustls' record streams, commit 6868ee8, whole and octet by octet.</summary>
public sealed class TlsRecordScannerTests
{
    public static TheoryData<string> Streams =>
    [
        "deframer-test.1.bin", "deframer-test.2.bin", "deframer-empty-applicationdata.bin", "deframer-invalid-contenttype.bin",
        "deframer-invalid-version.bin", "deframer-invalid-length.bin", "deframer-invalid-empty.bin", "handshake-test.1.bin",
    ];

    [Theory]
    [MemberData(nameof(Streams))]
    public void RecordsOrError(string file)
    {
        using var expected = JsonDocument.Parse(File.ReadAllBytes(Conformance.Require("tls", "rustls", "expected.json")));
        var entry = expected.RootElement.GetProperty("files").EnumerateArray().Single(entry => entry.GetProperty("file").GetString() == file);
        var octets = File.ReadAllBytes(Conformance.Require("tls", "rustls", file));
        var isOk = entry.GetProperty("outcome").GetString() == "ok";
        var records = isOk ? entry.GetProperty("records").EnumerateArray().Select(Record).ToArray() : [];

        foreach (var piece in new[] { octets.Length, 1, 2, 3 })
        {
            var scanner = new TlsRecordScanner();
            var seen = new List<(int, int, int)>();
            for (var at = 0; at < octets.Length; at += piece)
            {
                var part = octets.AsSpan(at, Math.Min(piece, octets.Length - at));
                ReadOnlySpan<byte> rest = part;
                while (scanner.TryReadHeader(ref rest)) seen.Add(((int)scanner.ContentType, (int)scanner.Version, scanner.Length));
            }

            Assert.Equal(isOk, scanner.Fault == TlsRecordFault.None);
            Assert.Equal(records, seen);
        }
    }

    [Fact]
    public void EmptyRecordsEndAtALimit()
    {
        var scanner = new TlsRecordScanner();
        for (var i = 0; i < 32; i++) Assert.True(scanner.Feed([23, 3, 3, 0, 0]));

        Assert.False(scanner.Feed([23, 3, 3, 0, 0]));
        Assert.Equal(TlsRecordFault.TooManyEmpty, scanner.Fault);
    }

    private static (int, int, int) Record(JsonElement record)
        => (record[0].GetInt32(), Convert.ToInt32(record[1].GetString(), 16), record[2].GetInt32());
}
