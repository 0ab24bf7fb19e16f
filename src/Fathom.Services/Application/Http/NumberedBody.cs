namespace Fathom.Services.Application.Http;

/// <summary>
/// Octets by which a receiver can tell that each stands where it belongs: the octet at offset n is n modulo 251. That is a prime, so that what is lost, doubled
/// or moved by any usual length of segment or buffer shows.
/// </summary>
/// <param name="length">How many.</param>
public sealed class NumberedBody(long length) : IHttpBody
{
    private const int Period = 251;

    private static readonly byte[] Pattern = Make();

    /// <inheritdoc/>
    public long Length => length;

    /// <inheritdoc/>
    public void Fill(long offset, Span<byte> destination)
    {
        while (!destination.IsEmpty)
        {
            var source = Pattern.AsSpan((int)(offset % Period));
            var count = Math.Min(source.Length, destination.Length);
            source[..count].CopyTo(destination);
            destination = destination[count..];
            offset += count;
        }
    }

    private static byte[] Make()
    {
        var pattern = new byte[Period * 64];
        for (var i = 0; i < pattern.Length; i++) pattern[i] = (byte)(i % Period);
        return pattern;
    }
}
