using System.Formats.Asn1;

namespace Fathom.Probes.Application.Tls.Certificates;

/// <summary>A GeneralName (RFC 5280 §4.2.1.6).</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Value">The content's octets; for a directoryName the Name in DER.</param>
internal readonly record struct GeneralName(GeneralNameKind Kind, ReadOnlyMemory<byte> Value)
{
    /// <summary>Reads the next one.</summary>
    /// <exception cref="AsnContentException">It is none.</exception>
    public static GeneralName Read(AsnReader reader)
    {
        var tag = reader.PeekTag();
        if (tag.TagClass != TagClass.ContextSpecific || tag.TagValue is < 0 or > 8) throw new AsnContentException("A GeneralName of unknown kind.");
        var kind = (GeneralNameKind)tag.TagValue;
        var mustBeConstructed = kind is GeneralNameKind.OtherName or GeneralNameKind.X400Address or GeneralNameKind.DirectoryName or GeneralNameKind.EdiPartyName;
        if (tag.IsConstructed != mustBeConstructed) throw new AsnContentException("A GeneralName of the wrong form.");
        if (kind == GeneralNameKind.DirectoryName)
        {
            var inner = reader.ReadSequence(tag); // explicit, since Name is a CHOICE
            var name = inner.ReadEncodedValue();
            inner.ThrowIfNotEmpty();
            return new GeneralName(kind, name);
        }

        var encoded = reader.ReadEncodedValue();
        AsnDecoder.ReadEncodedValue(encoded.Span, AsnEncodingRules.DER, out var offset, out var length, out _);
        return new GeneralName(kind, encoded.Slice(offset, length));
    }
}
