namespace Fathom.Wire.Transport;

/// <summary>The three ranges of port numbers (RFC 6335 §6).</summary>
public enum PortRange
{
    /// <summary>Port 0: never on the wire. A program that binds it asks its system for an ephemeral port.</summary>
    Reserved = 0,

    /// <summary>1 to 1023, the well-known ports: assigned by IANA, and on most systems bound with privilege only.</summary>
    System,

    /// <summary>1024 to 49151, the registered ports: assigned by IANA, bound by anyone.</summary>
    User,

    /// <summary>49152 to 65535: never assigned. Meant for ephemeral ports; Linux takes 32768 to 60999 for them.</summary>
    Dynamic,
}
