using System.Text;

namespace Fathom.Wire.Application.Http;

/// <summary>Writes start lines and fields that were checked (<see cref="HttpHeadChecks"/>). What cannot be written as it stands is refused, never repaired.</summary>
internal static class HttpHeadWriter
{
    public static byte[] Write(string startLine, HttpFields fields)
    {
        var builder = new StringBuilder(startLine).Append("\r\n");
        AppendFields(builder, fields);
        return Encoding.Latin1.GetBytes(builder.Append("\r\n").ToString());
    }

    public static void AppendFields(StringBuilder builder, HttpFields fields)
    {
        foreach (var field in fields) builder.Append(field.Name).Append(": ").Append(field.Value).Append("\r\n");
    }

    public static ArgumentException Refused(HttpWriteError error) => new($"The head cannot be sent: {error.Detail}.");
}
