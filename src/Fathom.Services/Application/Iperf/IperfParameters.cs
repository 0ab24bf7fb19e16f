using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Fathom.Services.Application.Iperf;

/// <summary>What a client of iperf3 asks for.</summary>
internal sealed record IperfParameters
{
    // What iperf3 itself allows: MAX_STREAMS, MAX_BLOCKSIZE.
    private const int MostStreams = 128;
    private const int MostBlock = 1024 * 1024;

    // The largest payload of UDP over IPv4.
    private const int MostDatagram = 65507;

    // iperf3's own for TCP.
    private const int UsualBlock = 128 * 1024;

    /// <summary>The data goes over UDP.</summary>
    public bool IsUdp { get; private init; }

    /// <summary>The server sends.</summary>
    public bool IsReverse { get; private init; }

    /// <summary>Both send.</summary>
    public bool IsBidirectional { get; private init; }

    /// <summary>Streams of one direction.</summary>
    public int Parallel { get; private init; } = 1;

    /// <summary>Octets that are written at once.</summary>
    public int Block { get; private init; } = UsualBlock;

    /// <summary>Bits a second that each sender keeps to; 0: as many as it can.</summary>
    public long Rate { get; private init; }

    /// <summary>Datagrams are counted with 64 bits.</summary>
    public bool HasWideCounters { get; private init; }

    /// <summary>Streams on which the server receives.</summary>
    public int Incoming => IsReverse && !IsBidirectional ? 0 : Parallel;

    /// <summary>Streams on which the server sends.</summary>
    public int Outgoing => IsReverse || IsBidirectional ? Parallel : 0;

    public static bool TryRead(ReadOnlyMemory<byte> json, [NotNullWhen(true)] out IperfParameters? parameters)
    {
        parameters = null;
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object) return false;
            var read = new IperfParameters
            {
                IsUdp = Flag(root, "udp"),
                IsReverse = Flag(root, "reverse"),
                IsBidirectional = Flag(root, "bidirectional"),
                Parallel = (int)Math.Min(Number(root, "parallel", 1), int.MaxValue),
                Block = (int)Math.Min(Number(root, "len", UsualBlock), int.MaxValue),
                Rate = Number(root, "bandwidth", 0),
                HasWideCounters = Flag(root, "udp_counters_64bit"),
            };
            if (read.Parallel is < 1 or > MostStreams || read.Block is < 1 or > MostBlock || read.Rate < 0) return false;
            if (read is { IsUdp: true, Outgoing: > 0, Block: < IperfDatagram.MostHeader or > MostDatagram }) return false;
            parameters = read;
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // iperf3 writes some of its flags as numbers.
    private static bool Flag(JsonElement root, string name)
        => root.TryGetProperty(name, out var value) && (value.ValueKind == JsonValueKind.True || (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number != 0));

    private static long Number(JsonElement root, string name, long usual)
        => root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.TryGetInt64(out var number) ? number : -1 : usual;
}
