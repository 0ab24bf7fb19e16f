namespace Fathom.Wire.Application.Http;

/// <summary>Gathers one line, which may arrive octet by octet.</summary>
internal sealed class HttpLineBuffer
{
    private byte[] _octets = new byte[256];

    /// <summary>Octets gathered, the line end included.</summary>
    public int Length { get; private set; }

    /// <summary>What was gathered.</summary>
    public ReadOnlySpan<byte> Octets => _octets.AsSpan(0, Length);

    public void Append(ReadOnlySpan<byte> octets)
    {
        if (Length + octets.Length > _octets.Length) Array.Resize(ref _octets, Math.Max(Length + octets.Length, _octets.Length * 2));
        octets.CopyTo(_octets.AsSpan(Length));
        Length += octets.Length;
    }

    public void Clear() => Length = 0;
}
