using System.Text;

namespace Fathom.Hosts.Os.Application;

/// <summary>Reads a configuration file.</summary>
internal static class TextFile
{
    // The largest block lists for /etc/hosts have some 20 MB.
    private const int LengthLimit = 64 * 1024 * 1024;

    /// <summary>The text. Where the file cannot be read it is empty, and the source says why.</summary>
    /// <param name="source">The path; the reason is added to it.</param>
    public static string ReadOrEmpty(ref string source)
    {
        try
        {
            // Latin-1 keeps every octet, valid UTF-8 or not; names outside ASCII have no meaning in these files.
            using var stream = new FileStream(source, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            if (stream.CanSeek && stream.Length > LengthLimit)
            {
                source += " (not read: too long)";
                return "";
            }

            using var reader = new StreamReader(stream, Encoding.Latin1);
            return reader.ReadToEnd();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            source += " (missing)";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            source += $" (not readable: {e.Message})";
        }

        return "";
    }
}
