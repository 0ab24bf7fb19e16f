using System.Buffers.Binary;
using Fathom.Wire.Internet;

namespace Fathom.Stack.Internet;

/// <summary>The options of an IPv4 packet that collect who passed it on, and when: record route and timestamp (RFC 791 §3.1).</summary>
internal static class Ipv4PathRecord
{
    // RFC 791: a time that is not milliseconds since midnight UT has its first bit set. A stack knows no time of day.
    private const uint NotOfTheDay = 1u << 31;

    // The first places after type, length and pointer; and after the overflow counter and flag of a timestamp. Pointers count from 1.
    private const int FirstRoutePointer = 4;
    private const int FirstTimestampPointer = 5;
    private const int AddressLength = 4;
    private const int TimeLength = 4;

    /// <summary>The octets of both kinds among a packet's options, for its answer: a copy, empty where there are none.</summary>
    /// <param name="options">The packet's options.</param>
    public static byte[] Of(ReadOnlySpan<byte> options)
    {
        var kept = new byte[options.Length];
        var length = 0;
        foreach (var option in new Ipv4OptionEnumerator(options))
        {
            if (option.Type is not (Ipv4OptionType.RecordRoute or Ipv4OptionType.Timestamp)) continue;
            option.Bytes.CopyTo(kept.AsSpan(length));
            length += option.Bytes.Length;
        }

        return kept[..length];
    }

    /// <summary>Notes this host where an option has room for it.</summary>
    /// <param name="ip">Tells which addresses are this host's.</param>
    /// <param name="options">The options, changed in place.</param>
    /// <param name="own">The address to note.</param>
    /// <param name="now">The time to note.</param>
    public static void Add(IInternetLayer ip, Span<byte> options, IpAddress own, TimeSpan now)
    {
        foreach (var option in new Ipv4OptionEnumerator(options))
        {
            var bytes = options.Slice(option.Offset, option.Bytes.Length);
            if (option.Type == Ipv4OptionType.RecordRoute) AddRoute(bytes, own);
            else if (option.Type == Ipv4OptionType.Timestamp) AddTimestamp(ip, bytes, own, now);
        }
    }

    private static void AddRoute(Span<byte> option, IpAddress own)
    {
        if (option.Length < FirstRoutePointer - 1) return;
        var at = option[2] - 1;
        if (at < FirstRoutePointer - 1 || at + AddressLength > option.Length) return;
        own.WriteTo(option[at..]);
        option[2] += AddressLength;
    }

    private static void AddTimestamp(IInternetLayer ip, Span<byte> option, IpAddress own, TimeSpan now)
    {
        if (option.Length < FirstTimestampPointer - 1 || option[2] < FirstTimestampPointer) return;
        var at = option[2] - 1;
        var kind = (TimestampKind)(option[3] & 0xF);
        if (kind is not (TimestampKind.Alone or TimestampKind.WithAddress or TimestampKind.AtGiven)) return;
        var hasAddress = kind is TimestampKind.WithAddress or TimestampKind.AtGiven;
        var needed = TimeLength + (hasAddress ? AddressLength : 0);
        if (at + needed > option.Length)
        {
            // Those that found no room are counted, up to 15. Whose places are given beforehand leave none out.
            if (kind != TimestampKind.AtGiven && option[3] < 0xF0) option[3] += 0x10;
            return;
        }

        if (kind == TimestampKind.AtGiven && !ip.IsLocal(IpAddress.FromBytes(option.Slice(at, AddressLength)))) return;
        if (kind == TimestampKind.WithAddress) own.WriteTo(option[at..]);
        BinaryPrimitives.WriteUInt32BigEndian(option[(at + needed - TimeLength)..], NotOfTheDay | (uint)(now.Ticks / TimeSpan.TicksPerMillisecond));
        option[2] += (byte)needed;
    }

    private enum TimestampKind
    {
        Alone = 0,
        WithAddress = 1,
        AtGiven = 3,
    }
}
