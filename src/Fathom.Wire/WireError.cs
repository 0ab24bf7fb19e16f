namespace Fathom.Wire;

/// <summary>
/// Why bytes could not be read: in which protocol, at which offset, how many bytes were needed, how many
/// were there, and which length set that limit. The default value means "no error".
/// </summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Protocol">The protocol whose reader refused, in the field's own word: "IPv4", "TCP", "DNS".</param>
/// <param name="Offset">Octets from the start of the bytes that this protocol's reader was given.</param>
/// <param name="Needed">Octets needed from <paramref name="Offset"/> on; 0 where the fault is not a length.</param>
/// <param name="Available">Octets that were there from <paramref name="Offset"/> on.</param>
/// <param name="LimitedBy">The length that set <paramref name="Available"/>.</param>
/// <param name="Detail">What was expected and what was found, as a phrase for a person. Never text from the packet.</param>
public readonly record struct WireError(
    WireErrorKind Kind,
    string Protocol,
    int Offset,
    int Needed,
    int Available,
    LengthSource LimitedBy,
    string Detail)
{
    /// <summary>True unless this is the default value.</summary>
    public bool IsError => Kind != WireErrorKind.None;

    /// <summary>Makes the error for bytes that end too early.</summary>
    /// <param name="protocol">The protocol whose reader refused.</param>
    /// <param name="offset">Where the missing part begins.</param>
    /// <param name="needed">Octets needed from there.</param>
    /// <param name="available">Octets that were there.</param>
    /// <param name="what">The part that does not fit: "header", "options".</param>
    /// <param name="limitedBy">The length that ended the bytes.</param>
    public static WireError TooShort(string protocol, int offset, int needed, int available, string what, LengthSource limitedBy = LengthSource.Buffer)
        => new(WireErrorKind.TooShort, protocol, offset, needed, available, limitedBy, what);

    /// <summary>Makes the error for a length field that cannot be right.</summary>
    /// <param name="protocol">The protocol whose reader refused.</param>
    /// <param name="offset">Where the length field stands.</param>
    /// <param name="needed">The smallest (or largest) length that would be right.</param>
    /// <param name="available">The length that the field states.</param>
    /// <param name="limitedBy">Which length it is.</param>
    /// <param name="detail">A phrase for a person.</param>
    public static WireError BadLength(string protocol, int offset, int needed, int available, LengthSource limitedBy, string detail)
        => new(WireErrorKind.BadLength, protocol, offset, needed, available, limitedBy, detail);

    /// <summary>Makes the error for a field with a value that the specification forbids.</summary>
    /// <param name="protocol">The protocol whose reader refused.</param>
    /// <param name="offset">Where the field stands.</param>
    /// <param name="detail">A phrase for a person.</param>
    public static WireError BadValue(string protocol, int offset, string detail)
        => new(WireErrorKind.BadValue, protocol, offset, 0, 0, LengthSource.Buffer, detail);

    /// <summary>Makes the error for a version field that names another version.</summary>
    /// <param name="protocol">The protocol whose reader refused.</param>
    /// <param name="offset">Where the field stands.</param>
    /// <param name="detail">A phrase for a person.</param>
    public static WireError BadVersion(string protocol, int offset, string detail)
        => new(WireErrorKind.BadVersion, protocol, offset, 0, 0, LengthSource.Buffer, detail);

    /// <summary>Makes the error for a guard against hostile input that was reached.</summary>
    /// <param name="protocol">The protocol whose reader refused.</param>
    /// <param name="offset">Where reading stopped.</param>
    /// <param name="limit">The limit's value.</param>
    /// <param name="detail">The limit, named, as a phrase for a person.</param>
    public static WireError LimitExceeded(string protocol, int offset, int limit, string detail)
        => new(WireErrorKind.LimitExceeded, protocol, offset, 0, limit, LengthSource.Limit, detail);

    /// <summary>The error as one line: "IPv4 at 2: total length: 40 octets needed, 28 there (buffer)".</summary>
    public override string ToString() => Kind switch
    {
        WireErrorKind.None => "no error",
        WireErrorKind.TooShort or WireErrorKind.BadLength =>
            $"{Protocol} at offset {Offset}: {Detail}: {Needed} octets needed, {Available} there ({Describe(LimitedBy)})",
        WireErrorKind.LimitExceeded => $"{Protocol} at offset {Offset}: {Detail} (limit {Available})",
        _ => $"{Protocol} at offset {Offset}: {Detail}",
    };

    private static string Describe(LengthSource source) => source switch
    {
        LengthSource.Buffer => "end of the bytes",
        LengthSource.HeaderLength => "header length field",
        LengthSource.TotalLength => "length field",
        LengthSource.OptionLength => "option length",
        LengthSource.ElementLength => "element length",
        _ => "limit",
    };
}
