namespace Fathom.Services.Transport;

/// <summary>The characters of RFC 864: lines of 72 of the 95 printable ones of ASCII, each line beginning one further than the one before.</summary>
internal static class Chargen
{
    private const int First = ' ';
    private const int Count = 95;
    private const int LineLength = 72;

    /// <summary>The lines until they begin again, each ended by CR LF.</summary>
    public static ReadOnlyMemory<byte> Pattern { get; } = Make();

    private static byte[] Make()
    {
        var pattern = new byte[Count * (LineLength + 2)];
        var at = 0;
        for (var line = 0; line < Count; line++)
        {
            for (var i = 0; i < LineLength; i++) pattern[at++] = (byte)(First + ((line + i) % Count));
            pattern[at++] = (byte)'\r';
            pattern[at++] = (byte)'\n';
        }

        return pattern;
    }
}
