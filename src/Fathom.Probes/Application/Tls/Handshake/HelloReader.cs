using System.Buffers.Binary;
using Fathom.Probes.Application.Tls.Certificates;

namespace Fathom.Probes.Application.Tls.Handshake;

/// <summary>Reads what a ClientHello or EncryptedExtensions says, for people. What is cut short gives what was there.</summary>
internal static class HelloReader
{
    private const ushort ServerName = 0;
    private const ushort Alpn = 16;
    private const ushort SupportedVersions = 43;
    private const ushort KeyShare = 51;
    private const ushort PreSharedKey = 41;

    /// <summary>A ClientHello's body (RFC 8446 §4.1.2).</summary>
    public static HelloFacts ReadClientHello(ReadOnlySpan<byte> body)
    {
        var facts = new HelloFacts();
        if (body.Length < 35) return facts;
        facts.LegacyVersion = (TlsVersion)BinaryPrimitives.ReadUInt16BigEndian(body);
        body = body[34..];
        if (!TryTake(ref body, 1, out _) || !TryTake(ref body, 2, out var suites) || !TryTake(ref body, 1, out _)) return facts;

        // Signaling values and GREASE are no suites (RFC 5746 §3.3, RFC 8701).
        for (; suites.Length >= 2; suites = suites[2..])
        {
            var suite = BinaryPrimitives.ReadUInt16BigEndian(suites);
            if (suite is not (0x00FF or 0x5600) && !IsGrease(suite)) facts.Suites++;
        }

        if (TryTake(ref body, 2, out var extensions)) ReadExtensions(extensions, facts, isClient: true);
        return facts;
    }

    /// <summary>An EncryptedExtensions' body (RFC 8446 §4.3.1).</summary>
    public static HelloFacts ReadEncryptedExtensions(ReadOnlySpan<byte> body)
    {
        var facts = new HelloFacts();
        if (TryTake(ref body, 2, out var extensions)) ReadExtensions(extensions, facts, isClient: false);
        return facts;
    }

    private static void ReadExtensions(ReadOnlySpan<byte> extensions, HelloFacts facts, bool isClient)
    {
        while (extensions.Length >= 4)
        {
            var type = BinaryPrimitives.ReadUInt16BigEndian(extensions);
            extensions = extensions[2..];
            if (!TryTake(ref extensions, 2, out var data)) return;
            switch (type)
            {
                case ServerName when isClient && TryTake(ref data, 2, out var list) && list.Length > 3:
                    list = list[1..];
                    if (TryTake(ref list, 2, out var name)) facts.ServerName = SafeText.FromLatin1(name);
                    break;
                case Alpn when TryTake(ref data, 2, out var protocols):
                    while (TryTake(ref protocols, 1, out var protocol)) facts.Protocols.Add(SafeText.FromUtf8(protocol));
                    break;
                case SupportedVersions when isClient && TryTake(ref data, 1, out var versions):
                    for (; versions.Length >= 2; versions = versions[2..])
                    {
                        var version = BinaryPrimitives.ReadUInt16BigEndian(versions);
                        if (!IsGrease(version)) facts.Versions.Add((TlsVersion)version);
                    }

                    break;
                case KeyShare when isClient && TryTake(ref data, 2, out var shares):
                    while (shares.Length >= 4)
                    {
                        var group = BinaryPrimitives.ReadUInt16BigEndian(shares);
                        shares = shares[2..];
                        if (!TryTake(ref shares, 2, out _)) break;
                        if (!IsGrease(group)) facts.KeyShares.Add(NamedGroups.Name(group));
                    }

                    break;
                case PreSharedKey:
                    facts.OffersResumption = true;
                    break;
            }
        }
    }

    private static bool IsGrease(ushort number) => (number & 0x0F0F) == 0x0A0A && number >> 8 == (number & 0xFF);

    private static bool TryTake(ref ReadOnlySpan<byte> from, int lengthOctets, out ReadOnlySpan<byte> taken)
    {
        taken = default;
        if (from.Length < lengthOctets) return false;
        var length = lengthOctets == 1 ? from[0] : BinaryPrimitives.ReadUInt16BigEndian(from);
        if (from.Length - lengthOctets < length) return false;
        taken = from.Slice(lengthOctets, length);
        from = from[(lengthOctets + length)..];
        return true;
    }
}
