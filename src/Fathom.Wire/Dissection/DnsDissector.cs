using Fathom.Wire.Application.Dns;
using Fathom.Wire.Internet;

namespace Fathom.Wire.Dissection;

/// <summary>DNS over UDP, and over TCP where a whole message is in one segment (RFC 1035 §4.2).</summary>
internal sealed class DnsDissector : IApplicationDissector
{
    /// <summary>The answers that a line has room for.</summary>
    internal const int ShownAnswers = 3;

    public string Protocol => "dns";

    public string Name => "DNS";

    public bool TryDissect(IpProtocol transport, ReadOnlySpan<byte> payload, LayerWriter layer, out string summary, out WireError fault)
    {
        summary = string.Empty;
        fault = default;
        var prefix = transport == IpProtocol.Tcp ? 2 : 0;
        if (payload.Length < prefix || !DnsHeader.TryRead(payload[prefix..], out var header, out _)) return false;
        var bytes = payload[prefix..];
        foreach (var field in DnsHeader.Layout)
        {
            var number = BitField.Read(bytes, field.BitOffset, field.BitLength);
            layer.Add(field with { BitOffset = field.BitOffset + (8 * prefix) }, number, FieldText.Default(field, bytes, number));
        }

        layer.HeaderLength = prefix + DnsHeader.Length;
        layer.Length = payload.Length;
        if (!DnsMessage.TryRead(bytes, out var message, out var error))
        {
            // A cut or truncated message still has its header; whatever else is wrong is the fault.
            fault = error with { Offset = error.Offset + prefix };
            summary = header.IsResponse ? "response that cannot be read" : "query that cannot be read";
            return true;
        }

        var question = message.Questions.Count > 0 ? $"{message.Questions[0].Type.ToText()} {message.Questions[0].Name}" : "no question";
        summary = message.IsResponse ? $"response {question}: {Answer(message)}" : $"query {question}";
        layer.Summary = summary;
        return true;
    }

    private static string Answer(DnsMessage message)
    {
        var truncated = message.Truncated ? ", truncated" : string.Empty;
        if (message.ResponseCode != DnsResponseCode.NoError || message.Answers.Count == 0)
            return message.ResponseCode.ToText() + (message.ResponseCode == DnsResponseCode.NoError ? ", no answer" : string.Empty) + truncated;
        var shown = string.Join(", ", message.Answers.Take(ShownAnswers).Select(static r => r.Data is DnsData.A or DnsData.Aaaa ? r.Data.ToString() : $"{r.Type.ToText()} {r.Data}"));
        return shown + (message.Answers.Count > ShownAnswers ? $" and {message.Answers.Count - ShownAnswers} more" : string.Empty) + truncated;
    }
}
