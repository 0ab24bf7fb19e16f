using System.Buffers.Binary;
using System.Text;
using Fathom.Wire.Internet;

namespace Fathom.Wire.Capture;

/// <summary>What a pcapng file says about its sections, interfaces, losses and names. Each list has a limit, so that no file makes it long.</summary>
internal sealed class PcapngDescriptions
{
    // More than any machine has or any capture resolves; more of them is damage, or an attack on memory.
    private const int MaxEntries = 65536;

    private readonly List<CaptureStatistics> _statistics = [];
    private readonly Dictionary<(int Section, int Interface), int> _statisticsOf = [];
    private readonly List<CapturedName> _names = [];
    private int _sections;

    /// <summary>The section's interfaces, each with the unit of its times.</summary>
    internal List<(CaptureInterface Interface, PcapngTime Time)> Interfaces { get; } = [];

    internal PcapngSection? Section { get; private set; }

    internal IReadOnlyList<CaptureStatistics> Statistics => _statistics;

    internal IReadOnlyList<CapturedName> Names => _names;

    internal bool StartSection(bool isBigEndian, ReadOnlySpan<byte> body, out CaptureError error)
    {
        const int FixedLength = 16;
        error = default;
        Interfaces.Clear();
        if (body.Length < FixedLength) return Refuse(WireErrorKind.TooShort, "a section's header is too short", out error);
        // §4.1: another major version may have another format; 1.2 is read as 1.0.
        if (ToUInt16(isBigEndian, body[4..]) != 1) return Refuse(WireErrorKind.BadVersion, "a section has a version that is not 1", out error);

        _sections++;
        var section = new PcapngSection();
        var options = new PcapngOptions(isBigEndian, body[FixedLength..]);
        while (options.MoveNext())
        {
            section = options.Code switch
            {
                PcapngFormat.SectionHardware => section with { Hardware = options.Text },
                PcapngFormat.SectionOs => section with { OperatingSystem = options.Text },
                PcapngFormat.SectionApplication => section with { Application = options.Text },
                PcapngFormat.Comment => section with { Comment = section.Comment is null ? options.Text : $"{section.Comment}\n{options.Text}" },
                _ => section,
            };
        }

        Section = section;
        return true;
    }

    internal bool AddInterface(bool isBigEndian, ReadOnlySpan<byte> body, out CaptureError error)
    {
        const int FixedLength = 8;
        error = default;
        if (body.Length < FixedLength) return Refuse(WireErrorKind.TooShort, "an interface description is too short", out error);
        if (Interfaces.Count == MaxEntries) return Refuse(WireErrorKind.LimitExceeded, "a section describes too many interfaces", out error);

        var found = new CaptureInterface(ToUInt16(isBigEndian, body), ToUInt32(isBigEndian, body[4..]), null, null);
        var options = new PcapngOptions(isBigEndian, body[FixedLength..]);
        while (options.MoveNext())
        {
            found = options.Code switch
            {
                PcapngFormat.InterfaceName => found with { Name = options.Text },
                PcapngFormat.InterfaceDescription => found with { Description = options.Text },
                PcapngFormat.InterfaceHardware => found with { Hardware = options.Text },
                PcapngFormat.InterfaceOs => found with { OperatingSystem = options.Text },
                // §4.2: an octet 0 before a filter as text; others are compiled.
                PcapngFormat.InterfaceFilter when options.Value.Length > 1 && options.Value[0] == 0 => found with { Filter = Encoding.UTF8.GetString(options.Value[1..]).TrimEnd('\0') },
                PcapngFormat.InterfaceTimestampResolution when options.Value.Length >= 1 => found with { TimestampResolution = options.Value[0] },
                PcapngFormat.InterfaceTimestampOffset when options.Value.Length >= 8 => found with { TimestampOffsetSeconds = (long)options.UInt64 },
                PcapngFormat.InterfaceFrameCheckLength when options.Value.Length >= 1 => found with { FrameCheckLength = options.Value[0] },
                _ => found,
            };
        }

        Interfaces.Add((found, new PcapngTime(found.TimestampResolution, found.TimestampOffsetSeconds)));
        return true;
    }

    /// <summary>Keeps an interface's latest figures: writers repeat them while they capture.</summary>
    internal void AddStatistics(bool isBigEndian, ReadOnlySpan<byte> body)
    {
        const int FixedLength = 12;
        if (body.Length < FixedLength) return;
        var id = ToUInt32(isBigEndian, body);
        if (id >= Interfaces.Count) return;
        var statistics = new CaptureStatistics
        {
            Section = _sections - 1,
            InterfaceId = (int)id,
            UnixNanoseconds = Interfaces[(int)id].Time.ToUnixNanoseconds(ToUInt32(isBigEndian, body[4..]), ToUInt32(isBigEndian, body[8..])),
        };
        var options = new PcapngOptions(isBigEndian, body[FixedLength..]);
        while (options.MoveNext())
        {
            if (options.Value.Length < 8) continue;
            statistics = options.Code switch
            {
                PcapngFormat.StatisticsReceived => statistics with { Received = options.UInt64 },
                PcapngFormat.StatisticsDropped => statistics with { Dropped = options.UInt64 },
                PcapngFormat.StatisticsFilterAccepted => statistics with { FilterAccepted = options.UInt64 },
                PcapngFormat.StatisticsOsDropped => statistics with { OsDropped = options.UInt64 },
                PcapngFormat.StatisticsDelivered => statistics with { Delivered = options.UInt64 },
                _ => statistics,
            };
        }

        if (_statisticsOf.TryGetValue((statistics.Section, statistics.InterfaceId), out var earlier))
        {
            _statistics[earlier] = statistics;
        }
        else if (_statistics.Count < MaxEntries)
        {
            _statisticsOf.Add((statistics.Section, statistics.InterfaceId), _statistics.Count);
            _statistics.Add(statistics);
        }
    }

    internal void AddNames(bool isBigEndian, ReadOnlySpan<byte> body)
    {
        var records = new PcapngOptions(isBigEndian, body);
        while (records.MoveNext())
        {
            var length = records.Code switch { PcapngFormat.NameOfIpv4 => 4, PcapngFormat.NameOfIpv6 => 16, _ => 0 };
            if (length == 0 || records.Value.Length <= length) continue;
            var address = IpAddress.FromBytes(records.Value[..length]);
            var names = records.Value[length..]; // §4.5: one or more, each with a zero at its end
            while (!names.IsEmpty && _names.Count < MaxEntries)
            {
                var end = names.IndexOf((byte)0);
                var name = end < 0 ? names : names[..end];
                if (!name.IsEmpty) _names.Add(new CapturedName(address, Encoding.UTF8.GetString(name)));
                names = end < 0 ? default : names[(end + 1)..];
            }
        }
    }

    private static bool Refuse(WireErrorKind kind, string detail, out CaptureError error)
    {
        error = new CaptureError(kind, 0, detail);
        return false;
    }

    private static ushort ToUInt16(bool isBigEndian, ReadOnlySpan<byte> bytes)
        => isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private static uint ToUInt32(bool isBigEndian, ReadOnlySpan<byte> bytes)
        => isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
