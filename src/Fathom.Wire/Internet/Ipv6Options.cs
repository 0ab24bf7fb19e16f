namespace Fathom.Wire.Internet;

/// <summary>A hop-by-hop or destination options header (RFC 8200 §4.3, §4.6). Damage inside the options is observed by walking them.</summary>
public readonly ref struct Ipv6Options : IWireView<Ipv6Options>
{
    /// <summary>Octets of the shortest header.</summary>
    public const int MinHeaderLength = 8;

    private const string Name = "IPv6 options header";

    private static readonly FieldSpec[] Rows =
    [
        new("nextHeader", 0, 8, "RFC 8200 §4.3"),
        new("headerExtensionLength", 8, 8, "RFC 8200 §4.3"),
    ];

    private readonly ReadOnlySpan<byte> _bytes;

    private Ipv6Options(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <inheritdoc/>
    public static ReadOnlySpan<FieldSpec> Layout => Rows;

    /// <summary>What follows the header.</summary>
    public IpProtocol NextHeader => (IpProtocol)_bytes[0];

    /// <summary>The header's length in octets, a multiple of 8 (the field counts words of eight behind the first).</summary>
    public int HeaderLength => _bytes.Length;

    /// <summary>The options' bytes.</summary>
    public ReadOnlySpan<byte> Options => _bytes[2..];

    /// <summary>Walks the options.</summary>
    public Ipv6OptionEnumerator EnumerateOptions() => new(Options);

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out Ipv6Options view, out WireError error)
    {
        view = default;
        error = default;
        var length = bytes.Length < 2 ? MinHeaderLength : (bytes[1] + 1) * 8;
        if (bytes.Length < length)
        {
            error = WireError.TooShort(Name, 0, length, bytes.Length, "header");
            return false;
        }

        view = new Ipv6Options(bytes[..length]);
        return true;
    }
}
