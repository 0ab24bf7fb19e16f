namespace Fathom.Probes.Application.Tls.Certificates;

/// <summary>Kinds of GeneralName by their tag (RFC 5280 §4.2.1.6).</summary>
internal enum GeneralNameKind
{
    OtherName = 0,
    Rfc822Name = 1,
    DnsName = 2,
    X400Address = 3,
    DirectoryName = 4,
    EdiPartyName = 5,
    UniformResourceIdentifier = 6,
    IpAddress = 7,
    RegisteredId = 8,
}
