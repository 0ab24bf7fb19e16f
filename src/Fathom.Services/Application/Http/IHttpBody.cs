namespace Fathom.Services.Application.Http;

/// <summary>A body that is made while it is sent, however long it is.</summary>
public interface IHttpBody
{
    /// <summary>Octets of it.</summary>
    long Length { get; }

    /// <summary>Makes a piece of it.</summary>
    /// <param name="offset">Where it begins.</param>
    /// <param name="destination">Takes the piece; all of it is filled.</param>
    void Fill(long offset, Span<byte> destination);
}
