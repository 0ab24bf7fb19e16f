namespace Fathom.Wire.Application.X509;

/// <summary>Labels of the attributes in a distinguished name (RFC 4514 §3 and the usual ones beyond it).</summary>
public static class AttributeText
{
    /// <summary>The label, "CN"; of an attribute without one, its object identifier as it is.</summary>
    /// <param name="oid">The object identifier in dotted decimal.</param>
    public static string Label(string oid) => oid switch
    {
        "2.5.4.3" => "CN",
        "2.5.4.4" => "SN",
        "2.5.4.5" => "serialNumber",
        "2.5.4.6" => "C",
        "2.5.4.7" => "L",
        "2.5.4.8" => "ST",
        "2.5.4.9" => "street",
        "2.5.4.10" => "O",
        "2.5.4.11" => "OU",
        "2.5.4.97" => "organizationIdentifier",
        "0.9.2342.19200300.100.1.25" => "DC",
        "0.9.2342.19200300.100.1.1" => "UID",
        "1.2.840.113549.1.9.1" => "emailAddress",
        _ => oid,
    };
}
