using System.Runtime.CompilerServices;

namespace Fathom.Wire.Capture;

/// <summary>A window on a stream: octets that were read and not yet passed over. Records are read in place.</summary>
internal sealed class CaptureBuffer(Stream stream)
{
    // Large enough that system calls do not count, small enough that what was read is still in the processor's own cache when it is looked at.
    internal const int InitialLength = 256 * 1024;

    private byte[] _bytes = GC.AllocateUninitializedArray<byte>(InitialLength);
    private int _end;

    /// <summary>The array in which the window lies; another one after <see cref="TryFill"/> and <see cref="Exchange"/>.</summary>
    internal byte[] Bytes => _bytes;

    /// <summary>Where in <see cref="Bytes"/> the window begins.</summary>
    internal int Start { get; private set; }

    /// <summary>Octets from the file's first to the window's first.</summary>
    internal long Position { get; private set; }

    /// <summary>Octets in the window.</summary>
    internal int Available => _end - Start;

    /// <summary>The stream has no more.</summary>
    internal bool IsEnded { get; private set; }

    internal ReadOnlySpan<byte> Window
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(_bytes, Start, _end - Start);
    }

    /// <summary>Sees to it that so many octets are in the window. It waits for no more than these: a pipe's writer may be slow.</summary>
    /// <param name="count">Octets.</param>
    /// <param name="mayRead">False: only what is there already counts, and nothing moves.</param>
    internal bool TryFill(int count, bool mayRead) => _end - Start >= count || (mayRead && Fill(count));

    /// <summary>Passes over octets of the window.</summary>
    internal void Advance(int count)
    {
        Start += count;
        Position += count;
    }

    /// <summary>Gives the array away and goes on in another, into which the window is copied.</summary>
    /// <param name="other">An array that nobody uses, or null.</param>
    internal byte[] Exchange(byte[]? other)
    {
        var given = _bytes;
        var window = Window;
        if (other is null || other.Length < given.Length) other = GC.AllocateUninitializedArray<byte>(given.Length);
        window.CopyTo(other);
        (_bytes, _end, Start) = (other, window.Length, 0);
        return given;
    }

    private bool Fill(int count)
    {
        Window.CopyTo(_bytes);
        (_end, Start) = (Available, 0);
        while (_end < count && !IsEnded)
        {
            // A length in a damaged file may claim anything: memory grows with what is there, not with what is claimed.
            if (_end == _bytes.Length) Array.Resize(ref _bytes, 2 * _bytes.Length);
            var read = stream.Read(_bytes, _end, _bytes.Length - _end);
            _end += read;
            IsEnded = read == 0;
        }

        return _end >= count;
    }
}
