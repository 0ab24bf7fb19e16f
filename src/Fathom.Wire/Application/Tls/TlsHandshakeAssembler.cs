namespace Fathom.Wire.Application.Tls;

/// <summary>
/// Puts handshake messages together from the fragments of handshake records (RFC 8446 §5.1: a message may be spread over several records, and
/// a record may hold several messages). Limited: a message longer than the limit is an error, and nothing of it is kept.
/// </summary>
public sealed class TlsHandshakeAssembler
{
    /// <summary>The usual limit. OpenSSL allows 100 KiB of certificates; real messages have 2 to 16 KiB.</summary>
    public const int DefaultMaximumLength = 256 * 1024;

    private readonly int _maximumLength;
    private byte[] _pending = [];
    private int _count;

    /// <summary>Starts without octets.</summary>
    /// <param name="maximumLength">Octets at most of one message, header included.</param>
    public TlsHandshakeAssembler(int maximumLength = DefaultMaximumLength)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumLength, TlsHandshakeMessage.HeaderLength);
        _maximumLength = maximumLength;
    }

    /// <summary>Octets of a message that is not whole yet, and of what came behind it.</summary>
    public int Pending => _count;

    /// <summary>Why the assembler stopped, or no error. It stays at it.</summary>
    public WireError Error { get; private set; }

    /// <summary>Adds the fragment of one handshake record. Take the whole messages out before the next is added.</summary>
    /// <param name="fragment">The fragment, in the clear.</param>
    /// <returns>False if the limit is exceeded, now or before.</returns>
    public bool TryAdd(ReadOnlySpan<byte> fragment)
    {
        if (Error.IsError) return false;
        if (_count + fragment.Length > _maximumLength + TlsRecord.MaximumLength) return Fail();
        if (_pending.Length < _count + fragment.Length) Array.Resize(ref _pending, Math.Max(_count + fragment.Length, 2 * _pending.Length));
        fragment.CopyTo(_pending.AsSpan(_count));
        _count += fragment.Length;
        return !IsTooLong() || Fail();
    }

    /// <summary>Takes the next whole message out.</summary>
    /// <param name="message">The message with its header; its octets are the caller's.</param>
    /// <returns>False if there is none (yet).</returns>
    public bool TryTake(out ReadOnlyMemory<byte> message)
    {
        message = default;
        if (Error.IsError || !TlsHandshakeMessage.TryRead(_pending.AsSpan(0, _count), out var whole, out _)) return false;
        message = whole.Bytes.ToArray();
        _count -= message.Length;
        _pending.AsSpan(message.Length, _count).CopyTo(_pending);
        if (IsTooLong()) Fail();
        return true;
    }

    private bool IsTooLong()
        => TlsHandshakeMessage.TryReadTruncated(_pending.AsSpan(0, _count), out var first, out _) && first.Length + TlsHandshakeMessage.HeaderLength > _maximumLength;

    private bool Fail()
    {
        Error = WireError.LimitExceeded(TlsRecord.Protocol, 0, _maximumLength, "octets of one handshake message");
        _count = 0;
        return false;
    }
}
