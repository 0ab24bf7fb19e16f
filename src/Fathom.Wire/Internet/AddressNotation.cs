namespace Fathom.Wire.Internet;

/// <summary>A way to write an address that is not its usual text.</summary>
public enum AddressNotation
{
    /// <summary>The usual text.</summary>
    Usual = 0,

    /// <summary>One decimal number: 3221225994.</summary>
    Decimal,

    /// <summary>One hexadecimal number: 0xc000020a.</summary>
    Hexadecimal,

    /// <summary>Binary: 0b1100…, or octets of eight binary digits.</summary>
    Binary,

    /// <summary>inet_aton(3)'s parts: fewer than four, the last one filling what is left, or hexadecimal ones: 127.1, 0x7f.0.0.1.</summary>
    InetAton,

    /// <summary>inet_aton(3)'s octal parts, 0177.0.0.1. Other readers take the same text for decimal: it has no safe reading.</summary>
    Octal,
}
