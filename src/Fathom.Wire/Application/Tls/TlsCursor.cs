namespace Fathom.Wire.Application.Tls;

/// <summary>
/// Reads the parts of a handshake message's body in order. The first fault sticks; a part that is cut gives what is there of it, and the
/// parts behind it are empty.
/// </summary>
internal ref struct TlsCursor(ReadOnlySpan<byte> body)
{
    private readonly ReadOnlySpan<byte> _body = body;

    internal int Position { get; private set; }

    internal WireError Error { get; private set; }

    internal readonly bool IsAtEnd => Position == _body.Length;

    internal ReadOnlySpan<byte> Fixed(int length, string what) => Take(length, what);

    internal ReadOnlySpan<byte> Vector(int lengthOctets, string what)
    {
        var prefix = Take(lengthOctets, what);
        return Error.IsError ? default : Take(TlsVectors.ReadLength(prefix, lengthOctets), what);
    }

    /// <summary>Octets that are left over are a fault.</summary>
    internal void End(string what)
    {
        if (!Error.IsError && !IsAtEnd)
            Error = WireError.BadLength(TlsRecord.Protocol, Position, 0, _body.Length - Position, LengthSource.TotalLength, $"{what}: octets are left over");
    }

    internal void Fail(WireError error)
    {
        if (!Error.IsError) Error = error;
    }

    private ReadOnlySpan<byte> Take(int length, string what)
    {
        if (Error.IsError) return default;
        var there = _body.Length - Position;
        if (there < length) Error = WireError.TooShort(TlsRecord.Protocol, Position, length, there, what);
        var taken = _body.Slice(Position, Math.Min(length, there));
        Position += taken.Length;
        return taken;
    }
}
