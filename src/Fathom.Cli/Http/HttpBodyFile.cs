using Fathom.Cli.Commands;
using Fathom.Cli.Output;
using Fathom.Probes.Application.Http;

namespace Fathom.Cli.Http;

/// <summary>Writes a body to a file, or to standard output, as it comes.</summary>
internal sealed class HttpBodyFile : IHttpBodySink, IDisposable
{
    private readonly Stream _stream;

    private HttpBodyFile(string name, Stream stream) => (Name, _stream) = (name, stream);

    /// <summary>The file's name; "-" for standard output.</summary>
    public string Name { get; }

    /// <summary>Octets written.</summary>
    public long Length { get; private set; }

    /// <summary>Opens it; what was in the file is gone.</summary>
    /// <param name="name">The file's name; "-" for standard output.</param>
    /// <param name="file">The file, or null.</param>
    /// <param name="reason">Why not, where the answer is false.</param>
    public static bool TryCreate(string name, out HttpBodyFile? file, out string reason)
    {
        (file, reason) = (null, "");
        try
        {
            file = new HttpBodyFile(name, name == "-" ? StandardOutput.Open() : new FileStream(name, FileMode.Create, FileAccess.Write, FileShare.Read));
            return true;
        }
        catch (Exception e) when (IsOfFiles(e))
        {
            reason = $"cannot write {Shown(name)}: {e.Message}";
            return false;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<string?> WriteAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellation)
    {
        if (NetworkChoice.IsLab) return Write(octets.Span);
        try
        {
            await _stream.WriteAsync(octets, cancellation);
            Length += octets.Length;
            return null;
        }
        catch (Exception e) when (IsOfFiles(e))
        {
            return $"cannot write {Shown(Name)}: {e.Message}";
        }
    }

    /// <summary>Writes octets at once.</summary>
    /// <param name="octets">The octets.</param>
    /// <returns>Why not, or null.</returns>
    public string? Write(ReadOnlySpan<byte> octets)
    {
        try
        {
            _stream.Write(octets);
            Length += octets.Length;
            return null;
        }
        catch (Exception e) when (IsOfFiles(e))
        {
            return $"cannot write {Shown(Name)}: {e.Message}";
        }
    }

    /// <summary>Writes what is still in memory, and closes.</summary>
    /// <returns>Why that failed, or null.</returns>
    public string? Close()
    {
        try
        {
            _stream.Dispose();
            return null;
        }
        catch (IOException e)
        {
            return $"cannot write {Shown(Name)}: {e.Message}";
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _ = Close();

    private static string Shown(string name) => name == "-" ? "to standard output" : name;

    private static bool IsOfFiles(Exception e) => e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;
}
