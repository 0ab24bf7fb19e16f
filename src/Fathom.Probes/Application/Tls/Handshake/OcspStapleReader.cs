using Org.BouncyCastle.Asn1.Ocsp;

namespace Fathom.Probes.Application.Tls.Handshake;

/// <summary>Reads a stapled OCSP response (RFC 6960 §4.2.1).</summary>
internal static class OcspStapleReader
{
    // RFC 6960 §4.2.1: successful.
    private const int Successful = 0;

    // CertStatus ::= CHOICE { good [0], revoked [1], unknown [2] }.
    private const int Good = 0;
    private const int Revoked = 1;

    /// <summary>Reads it; null where there is none.</summary>
    /// <param name="der">The response, or null.</param>
    /// <param name="serialNumber">The server's certificate's serial number, as its octets; empty where no certificate could be read.</param>
    public static TlsOcspStaple? Read(byte[]? der, ReadOnlySpan<byte> serialNumber)
    {
        if (der is null) return null;
        try
        {
            var response = OcspResponse.GetInstance(der);
            if (response.ResponseStatus.IntValueExact != Successful) return new TlsOcspStaple(TlsOcspStatus.NoAnswer);
            var data = BasicOcspResponse.GetInstance(response.ResponseBytes.Response.GetOctets()).TbsResponseData;
            var produced = Time(data.ProducedAt.ToDateTime());
            foreach (var entry in data.Responses)
            {
                var single = SingleResponse.GetInstance(entry);
                if (!single.CertId.SerialNumber.Value.ToByteArray().AsSpan().SequenceEqual(serialNumber)) continue;
                return new TlsOcspStaple(single.CertStatus.TagNo switch { Good => TlsOcspStatus.Good, Revoked => TlsOcspStatus.Revoked, _ => TlsOcspStatus.Unknown })
                {
                    ProducedAt = produced,
                    ThisUpdate = Time(single.ThisUpdate.ToDateTime()),
                    NextUpdate = single.NextUpdate is { } next ? Time(next.ToDateTime()) : null,
                    RevokedAt = single.CertStatus.TagNo == Revoked ? Time(RevokedInfo.GetInstance(single.CertStatus.Status).RevocationTime.ToDateTime()) : null,
                };
            }

            return new TlsOcspStaple(TlsOcspStatus.OtherCertificate) { ProducedAt = produced };
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or InvalidCastException or FormatException or ArithmeticException or IOException or NullReferenceException)
        {
            // BouncyCastle's ways to say that octets are not what they should be.
            return new TlsOcspStaple(TlsOcspStatus.Unreadable);
        }
    }

    private static DateTimeOffset Time(DateTime time) => new(DateTime.SpecifyKind(time, DateTimeKind.Utc));
}
