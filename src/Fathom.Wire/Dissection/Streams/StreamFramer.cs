namespace Fathom.Wire.Dissection.Streams;

/// <summary>Finds where the messages of a protocol end in a stream's octets.</summary>
internal abstract class StreamFramer
{
    /// <summary>What reads the messages.</summary>
    internal abstract IApplicationDissector Dissector { get; }

    /// <summary>What a part of a message is a part of: "a TLS record".</summary>
    internal abstract string Unit { get; }

    /// <summary>What was taken off last did not end a message: content follows.</summary>
    internal virtual bool IsWithinMessage => false;

    /// <summary>Looks at what stands first. What is answered as a message or as content is taken off before the next call.</summary>
    /// <param name="bytes">All octets that nobody has taken yet; not empty.</param>
    internal abstract StreamUnit Next(ReadOnlySpan<byte> bytes);
}
