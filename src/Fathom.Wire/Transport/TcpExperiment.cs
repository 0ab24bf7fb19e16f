using System.Buffers.Binary;

namespace Fathom.Wire.Transport;

/// <summary>Identifiers of TCP experiments that share two option kinds (RFC 6994): of the IANA registry, those that are met.</summary>
public static class TcpExperiment
{
    /// <summary>Acknowledgment rate request, draft-ietf-tcpm-ack-rate-request.</summary>
    public const uint AcknowledgmentRate = 0x00AC;

    /// <summary>Encryption negotiation before it had a kind of its own, RFC 8547.</summary>
    public const uint EncryptionNegotiation = 0x454E;

    /// <summary>Accurate ECN before it had kinds of its own, order 0.</summary>
    public const uint AccurateEcn0 = 0xACC0;

    /// <summary>Accurate ECN before it had kinds of its own, order 1.</summary>
    public const uint AccurateEcn1 = 0xACC1;

    /// <summary>Accurate ECN in its first drafts.</summary>
    public const uint AccurateEcn = 0xACCE;

    /// <summary>Fast open before it had a kind of its own, RFC 7413 appendix.</summary>
    public const uint FastOpen = 0xF989;

    /// <summary>Shared memory communications, RFC 7609 §3.1: "SMCR" in EBCDIC, and the only one of 32 bits that is met.</summary>
    public const uint SharedMemory = 0xE2D4_C3D9;

    /// <summary>Reads an identifier: 16 bits, or 32 where they are a known one. False for fewer than two octets.</summary>
    /// <param name="data">An experimental option's data.</param>
    /// <param name="id">The identifier, or 0.</param>
    /// <param name="length">Its octets: 2, 4, or 0.</param>
    public static bool TryRead(ReadOnlySpan<byte> data, out uint id, out int length)
    {
        id = 0;
        length = 0;
        if (data.Length < 2) return false;
        if (data.Length >= 4 && BinaryPrimitives.ReadUInt32BigEndian(data) == SharedMemory)
        {
            id = SharedMemory;
            length = 4;
            return true;
        }

        id = BinaryPrimitives.ReadUInt16BigEndian(data);
        length = 2;
        return true;
    }

    /// <summary>The experiment's name, or null for one that is not known here.</summary>
    /// <param name="id">The identifier.</param>
    public static string? Describe(uint id) => id switch
    {
        AcknowledgmentRate => "acknowledgment rate request",
        EncryptionNegotiation => "encryption negotiation",
        AccurateEcn0 or AccurateEcn1 or AccurateEcn => "accurate ECN",
        FastOpen => "fast open",
        SharedMemory => "shared memory communications",
        _ => null,
    };
}
