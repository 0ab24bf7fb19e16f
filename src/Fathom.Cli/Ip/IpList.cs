using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Fathom.Cli.Commands;
using Fathom.Cli.Input;
using Fathom.Cli.Output;
using Fathom.Wire.Internet;

namespace Fathom.Cli.Ip;

/// <summary>Many addresses from standard input: one line each, at the speed of the pipe.</summary>
internal static class IpList
{
    // Written in pieces of this size: a system call for each line would cost more than the line.
    private const int BufferSize = 1 << 16;

    public static int Run(CommandRun run, CancellationToken cancellation)
    {
        using var output = StandardOutput.Open();
        var buffer = new ArrayBufferWriter<byte>(BufferSize + 4096);
        using var json = run.IsText ? null : new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Indented = run.Format == OutputFormat.Json });
        var status = ExitStatus.Good;
        foreach (var (number, text) in InputLines.Read(StandardInput.OpenLines(Flush), cancellation))
        {
            if (!AddressInput.TryRead(text, out var input, out var problem))
            {
                // What comes before it on the other stream is seen before it.
                Flush();
                status = run.Refuse($"line {number}: '{text}': {problem}");
                continue;
            }

            if (json is null) WriteLine(buffer, input);
            else WriteJson(json, buffer, input);
            if (buffer.WrittenCount >= BufferSize) Flush();
        }

        Flush();
        return status;

        void Flush()
        {
            output.Write(buffer.WrittenSpan);
            buffer.ResetWrittenCount();
        }
    }

    // Columns for people and for awk: address, network ("-" without one), scope, purpose or holder.
    private static void WriteLine(ArrayBufferWriter<byte> buffer, AddressInput input)
    {
        var name = AddressRegistry.FindSpecialPurpose(input.Address)?.Name ?? AddressRegistry.FindAllocation(input.Address)?.Designation ?? "-";
        var line = $"{input.Address,-15} {input.Prefix?.ToString() ?? "-",-18} {IpScopes.Text(IpScopes.Of(input.Address)),-10} {name}\n";
        Encoding.UTF8.GetBytes(line, buffer);
    }

    private static void WriteJson(Utf8JsonWriter json, ArrayBufferWriter<byte> buffer, AddressInput input)
    {
        json.Reset();
        json.WriteStartObject();
        json.WriteString("schema", IpJson.Schema);
        IpJson.Write(json, input);
        json.WriteEndObject();
        json.Flush();
        buffer.Write("\n"u8);
    }
}
