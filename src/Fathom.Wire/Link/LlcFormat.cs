namespace Fathom.Wire.Link;

/// <summary>The three formats of an LLC control field (IEEE 802.2 §5.4).</summary>
public enum LlcFormat : byte
{
    /// <summary>Numbered data of a connection; the control field has two octets.</summary>
    Information = 0,

    /// <summary>Acknowledgments of a connection; the control field has two octets.</summary>
    Supervisory = 1,

    /// <summary>Everything without numbers, unnumbered information (UI) first of all; the control field has one octet.</summary>
    Unnumbered = 3,
}
