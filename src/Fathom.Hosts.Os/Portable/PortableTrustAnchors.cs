using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Fathom.Hosts.Application;
using Fathom.Hosts.Os.Application;

namespace Fathom.Hosts.Os.Portable;

/// <summary>The roots: files where the environment names them, else the system's store.</summary>
internal static class PortableTrustAnchors
{
    public static HostResult<TrustAnchors> Read(OsHostOptions options)
    {
        if (TrustAnchorReader.IsGivenByEnvironment(options)) return TrustAnchorReader.Read(options);
        var certificates = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        try
        {
            foreach (var location in (ReadOnlySpan<StoreLocation>)[StoreLocation.LocalMachine, StoreLocation.CurrentUser])
            {
                using var store = new X509Store(StoreName.Root, location);
                store.Open(OpenFlags.ReadOnly | OpenFlags.OpenExistingOnly);
                foreach (var certificate in store.Certificates)
                {
                    using (certificate) certificates.TryAdd(certificate.Thumbprint, certificate.RawData);
                }
            }
        }
        catch (CryptographicException e)
        {
            return new HostRefusal(HostRefusalKind.Failed, $"The system's root certificates cannot be read: {e.Message}", "Name a bundle by SSL_CERT_FILE.");
        }

        return new TrustAnchors([.. certificates.Values], "the system's store of root certificates");
    }
}
