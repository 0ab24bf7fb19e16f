namespace Fathom.Wire.Application.Urls;

/// <summary>
/// The facts of the Unicode Character Database and of UTS #46 that IDNA needs, by code point. The runtime's own tables
/// are not used: they differ from version to version, and mapping and normalization need ICU, which neither a small
/// command nor a browser page carries. Read once, when the first name that is not ASCII asks.
/// </summary>
internal sealed class UnicodeTable
{
    // Above the last code point, so that the search for a run always finds an end.
    private const int Limit = 0x110000;

    private static readonly Lazy<UnicodeTable> Lazily = new(Load);

    private readonly int[] _starts;
    private readonly ushort[] _kindOfRun;
    private readonly CodePointKind[] _kinds;
    private readonly Dictionary<int, string> _mappings;
    private readonly Dictionary<int, (int First, int Second)> _decompositions;
    private readonly Dictionary<long, int> _compositions;

    private UnicodeTable(ref Reader reader)
    {
        Version = $"{reader.Next()}.{reader.Next()}";
        var scripts = new string[reader.Next()];
        for (var i = 0; i < scripts.Length; i++) scripts[i] = reader.Text();
        ScriptNames = scripts;
        _kinds = new CodePointKind[reader.Next()];
        for (var i = 0; i < _kinds.Length; i++)
        {
            _kinds[i] = new CodePointKind(
                (IdnaStatus)reader.Next(), (byte)reader.Next(), reader.Next() != 0, (BidiClass)reader.Next(), (JoiningType)reader.Next(), (byte)reader.Next(), (DerivedProperty)reader.Next());
        }

        _starts = new int[reader.Next()];
        _kindOfRun = new ushort[_starts.Length];
        for (int i = 0, at = 0; i < _starts.Length; i++)
        {
            _starts[i] = at += reader.Next();
            _kindOfRun[i] = (ushort)reader.Next();
        }

        var count = reader.Next();
        _mappings = new Dictionary<int, string>(count);
        Span<char> units = stackalloc char[64];
        for (int i = 0, at = 0; i < count; i++)
        {
            at += reader.Next();
            var (points, length) = (reader.Next(), 0);
            for (var k = 0; k < points; k++)
            {
                var zigzag = reader.Next();
                var point = at + ((zigzag & 1) == 0 ? zigzag >> 1 : -((zigzag + 1) >> 1));
                length += new System.Text.Rune(point).EncodeToUtf16(units[length..]);
            }

            _mappings.Add(at, new string(units[..length]));
        }

        count = reader.Next();
        _decompositions = new Dictionary<int, (int, int)>(count);
        _compositions = new Dictionary<long, int>(count);
        for (int i = 0, at = 0; i < count; i++)
        {
            at += reader.Next();
            var (first, second, composes) = (reader.Next(), reader.Next(), reader.Next() != 0);
            _decompositions.Add(at, (first, second));
            if (composes) _compositions.Add(Pair(first, second), at);
        }
    }

    /// <summary>The table.</summary>
    public static UnicodeTable Instance => Lazily.Value;

    /// <summary>Unicode's version, "17.0".</summary>
    public string Version { get; }

    /// <summary>The names of scripts, by <see cref="CodePointKind.Script"/>; the first is "Unknown".</summary>
    public IReadOnlyList<string> ScriptNames { get; }

    /// <summary>What is known of a code point.</summary>
    /// <param name="codePoint">0 to 0x10FFFF.</param>
    public ref readonly CodePointKind this[int codePoint]
    {
        get
        {
            var run = _starts.AsSpan().BinarySearch(codePoint);
            return ref _kinds[_kindOfRun[run >= 0 ? run : ~run - 1]];
        }
    }

    /// <summary>What UTS #46 §5 maps a code point of status <see cref="IdnaStatus.Mapped"/> to.</summary>
    public string Mapping(int codePoint) => _mappings[codePoint];

    /// <summary>The canonical decomposition; <c>Second</c> is 0 where it is one code point.</summary>
    public bool TryDecompose(int codePoint, out (int First, int Second) parts) => _decompositions.TryGetValue(codePoint, out parts);

    /// <summary>The primary composite of two code points.</summary>
    public bool TryCompose(int first, int second, out int composite) => _compositions.TryGetValue(Pair(first, second), out composite);

    private static long Pair(int first, int second) => ((long)first * Limit) + second;

    private static UnicodeTable Load()
    {
        using var stream = typeof(UnicodeTable).Assembly.GetManifestResourceStream("unicode.bin")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var reader = new Reader(bytes);
        return new UnicodeTable(ref reader);
    }

    // The generator describes the form. The file is ours, so that its content needs no checks.
    private ref struct Reader(ReadOnlySpan<byte> bytes)
    {
        private ReadOnlySpan<byte> _rest = bytes;

        public int Next()
        {
            for (int value = 0, shift = 0; ; shift += 7)
            {
                var octet = _rest[0];
                _rest = _rest[1..];
                value |= (octet & 0x7F) << shift;
                if (octet < 0x80) return value;
            }
        }

        public string Text()
        {
            var length = Next();
            var text = System.Text.Encoding.ASCII.GetString(_rest[..length]);
            _rest = _rest[length..];
            return text;
        }
    }
}
