using Fathom.Cli.Input;
using Fathom.Wire.Application;

namespace Fathom.Cli.Http;

/// <summary>Reads a file, or standard input for "-", whole and with a limit.</summary>
internal static class HttpFile
{
    /// <summary>Reads.</summary>
    /// <param name="path">The file, or "-".</param>
    /// <param name="most">Octets at the most.</param>
    /// <param name="bytes">Its octets; empty where the answer is false.</param>
    /// <param name="reason">Why not, as one line.</param>
    public static bool TryRead(string path, long most, out byte[] bytes, out string reason)
    {
        bytes = [];
        reason = "";
        try
        {
            using var source = path == "-" ? StandardInput.Open() : File.OpenRead(path);
            var all = new MemoryStream();
            var buffer = new byte[64 * 1024];
            for (int count; (count = source.Read(buffer)) > 0;)
            {
                all.Write(buffer, 0, count);
                if (all.Length <= most) continue;
                reason = FormattableString.Invariant($"{TextSanitizer.Escape(path)} has more than {most} octets");
                return false;
            }

            bytes = all.ToArray();
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            reason = $"cannot read {TextSanitizer.Escape(path)}: {TextSanitizer.Escape(e.Message)}";
            return false;
        }
    }
}
