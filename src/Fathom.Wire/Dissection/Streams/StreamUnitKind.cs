namespace Fathom.Wire.Dissection.Streams;

/// <summary>What stands first in a stream's octets.</summary>
internal enum StreamUnitKind
{
    /// <summary>The beginning of a message: more octets are needed.</summary>
    Incomplete,

    /// <summary>One or more whole messages, for the protocol's dissector.</summary>
    Message,

    /// <summary>Octets that a message carries and that mean nothing to the protocol: shown as data, as they come.</summary>
    Content,

    /// <summary>Not this protocol, or not it any more.</summary>
    Foreign,
}
