using Fathom.Wire.Internet;

namespace Fathom.Wire.Dissection;

/// <summary>Dissects IPsec's headers: AH whole, ESP as far as it is in the clear.</summary>
internal static class SecurityDissector
{
    internal static void AddAuthentication(LayerWriter layer, ReadOnlySpan<byte> header)
    {
        layer.AddFields(AuthenticationHeader.Layout, header, Format);
        if (AuthenticationHeader.TryRead(header, out var view, out _) && !view.IntegrityCheckValue.IsEmpty)
        {
            layer.AddOctets(
                "integrityCheckValue", AuthenticationHeader.FixedLength, view.IntegrityCheckValue.Length, null, FieldText.Bytes(view.IntegrityCheckValue),
                "RFC 4302 §2.6");
        }
    }

    internal static string DissectPayload(DissectionContext context, ReadOnlySpan<byte> bytes, Place place, IpEnvelope envelope)
    {
        var layer = context.Begin("esp", place);
        if (!EncapsulatedPayload.TryRead(bytes, out var esp, out var error))
            return context.Damaged(layer, place, "ESP", EncapsulatedPayload.Layout, bytes, Format, error);

        layer.AddFields(EncapsulatedPayload.Layout, bytes, Format);
        layer.HeaderLength = EncapsulatedPayload.HeaderLength;
        layer.Length = bytes.Length;
        layer.Summary = FieldText.Invariant(
            $"ESP {envelope.Route} spi={FieldText.Hex(esp.SecurityParametersIndex, 8)} seq={esp.SequenceNumber} len={esp.Encrypted.Length}");
        context.AddData(esp.Encrypted, place.Skip(EncapsulatedPayload.HeaderLength));
        return layer.Summary;
    }

    internal static FieldWords Format(string name, ulong value) => name switch
    {
        "nextHeader" => FieldText.Protocol(value),
        "payloadLength" => FieldText.Octets(4 * (value + 2)),
        "securityParametersIndex" => FieldText.Hex(value, 8),
        _ => null,
    };
}
