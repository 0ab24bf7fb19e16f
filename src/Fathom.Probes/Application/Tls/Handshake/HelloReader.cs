using System.Buffers.Binary;
using Fathom.Probes.Application.Tls.Certificates;
using Fathom.Wire.Application.Tls;

namespace Fathom.Probes.Application.Tls.Handshake;

/// <summary>Reads what a ClientHello or EncryptedExtensions says, for people. What is cut short gives what was there.</summary>
internal static class HelloReader
{
    /// <summary>A ClientHello's body (RFC 8446 §4.1.2).</summary>
    public static HelloFacts ReadClientHello(ReadOnlySpan<byte> body)
    {
        var facts = new HelloFacts();
        if (!TlsClientHello.TryReadTruncated(body, out var hello, out _)) return facts;
        facts.LegacyVersion = hello.LegacyVersion;
        for (var i = 0; i < hello.CipherSuiteCount; i++)
        {
            if (TlsCipherSuites.IsSuite(hello.GetCipherSuite(i))) facts.Suites++;
        }

        ReadExtensions(hello.EnumerateExtensions(), facts, isClient: true);
        return facts;
    }

    /// <summary>An EncryptedExtensions' body (RFC 8446 §4.3.1).</summary>
    public static HelloFacts ReadEncryptedExtensions(ReadOnlySpan<byte> body)
    {
        var facts = new HelloFacts();
        if (body.Length >= 2) ReadExtensions(new TlsExtensionEnumerator(body[2..]), facts, isClient: false);
        return facts;
    }

    private static void ReadExtensions(TlsExtensionEnumerator extensions, HelloFacts facts, bool isClient)
    {
        foreach (var extension in extensions)
        {
            if (isClient && extension.TryGetServerName(out var name)) facts.ServerName ??= SafeText.FromLatin1(name);
            if (extension.TryGetProtocols(out var protocols))
            {
                foreach (var protocol in protocols) facts.Protocols.Add(SafeText.FromUtf8(protocol));
            }

            if (isClient && extension.Type == TlsExtensionType.SupportedVersions && extension.TryGetNumbers(out var versions)) AddVersions(facts, versions);
            if (isClient && extension.TryGetClientShares(out var shares))
            {
                while (shares.MoveNext())
                {
                    if (!TlsGrease.IsGrease(shares.Group)) facts.KeyShares.Add(TlsNamedGroups.Name(shares.Group));
                }
            }

            facts.OffersResumption |= extension.Type == TlsExtensionType.PreSharedKey;
        }
    }

    private static void AddVersions(HelloFacts facts, ReadOnlySpan<byte> versions)
    {
        for (; versions.Length >= 2; versions = versions[2..])
        {
            var version = BinaryPrimitives.ReadUInt16BigEndian(versions);
            if (!TlsGrease.IsGrease(version)) facts.Versions.Add((TlsVersion)version);
        }
    }
}
