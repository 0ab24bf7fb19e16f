using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Fathom.Hosts.Application;
using Fathom.Hosts.Os.Tests.Support;

namespace Fathom.Hosts.Os.Tests.Application;

/// <summary>Trusted roots from files, compared with what .NET's own PEM reader makes of them.</summary>
public sealed class TrustAnchorTests
{
    private static readonly X509Certificate2[] Roots = [Make("CN=One"), Make("CN=Two"), Make("CN=Three")];

    [Fact]
    public async Task The_first_bundle_that_is_there_counts()
    {
        using var folder = new TemporaryFolder();
        var bundle = folder.Write("b.crt", "# comment\n" + Roots[0].ExportCertificatePem() + "\ntext\r\n" + Roots[1].ExportCertificatePem());
        var other = folder.Write("c.crt", Roots[2].ExportCertificatePem());
        var anchors = await Read(Options() with { CertificateBundlePaths = [Path.Combine(folder.Path, "none"), bundle, other] });
        Assert.Equal([Roots[0].RawData, Roots[1].RawData], anchors.Certificates.Select(entry => entry.ToArray()));
        Assert.Equal(bundle, anchors.Source);
    }

    [Fact]
    public async Task The_systems_own_bundle_is_read_as_the_framework_reads_it()
    {
        const string Bundle = "/etc/ssl/certs/ca-certificates.crt";
        if (!File.Exists(Bundle)) Assert.Skip("There is no " + Bundle);
        var expected = new X509Certificate2Collection();
        expected.ImportFromPemFile(Bundle);
        var anchors = await Read(Options());
        Assert.Equal(expected.Select(entry => Convert.ToHexString(entry.RawData)), anchors.Certificates.Select(entry => Convert.ToHexString(entry.Span)));
    }

    [Fact]
    public async Task SSL_CERT_FILE_and_SSL_CERT_DIR_take_the_bundles_place()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("file.pem", Roots[0].ExportCertificatePem());
        folder.Write("0123abcd.0", Roots[1].ExportCertificatePem());
        folder.Write("0123abcd.1", Roots[0].ExportCertificatePem()); // twice, and given once
        folder.Write("readme.pem", Roots[2].ExportCertificatePem()); // OpenSSL looks for hashes only
        File.CreateSymbolicLink(Path.Combine(folder.Path, "deadbeef.0"), Path.Combine(folder.Path, "nowhere"));
        var anchors = await Read(Options(("SSL_CERT_FILE", file), ("SSL_CERT_DIR", folder.Path)));
        Assert.Equal([Roots[0].RawData, Roots[1].RawData], anchors.Certificates.Select(entry => entry.ToArray()));
        Assert.Contains("SSL_CERT_FILE", anchors.Source, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SSL_CERT_FILE")]
    [InlineData("SSL_CERT_DIR")]
    public async Task A_path_that_is_not_there_is_refused_by_name(string variable)
    {
        var result = await OsHost.Create(Options((variable, "/nonexistent/fathom"))).GetTrustAnchorsAsync(default);
        Assert.Contains("/nonexistent/fathom", result.Refusal!.Reason, StringComparison.Ordinal);
        Assert.Contains(variable, result.Refusal.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_any_bundle_the_refusal_names_the_places()
    {
        var result = await OsHost.Create(Options() with { CertificateBundlePaths = ["/nonexistent/a", "/nonexistent/b"] }).GetTrustAnchorsAsync(default);
        Assert.Contains("/nonexistent/b", result.Refusal!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_a_certificate_is_skipped_and_nothing_hangs()
    {
        using var folder = new TemporaryFolder();
        var pem = Roots[0].ExportCertificatePem();
        var text = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"
            + "-----BEGIN CERTIFICATE-----\n!!!!\n-----END CERTIFICATE-----\n"
            + "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
            + "-----BEGIN CERTIFICATE-----\nMIIFFF==\n-----END CERTIFICATE-----\n"
            + pem + "\n-----BEGIN CERTIFICATE-----\nMII";
        var anchors = await Read(Options(("SSL_CERT_FILE", folder.Write("mixed.pem", text))));
        Assert.Equal(Roots[0].RawData, Assert.Single(anchors.Certificates).ToArray());
        // Every prefix of a good file is read to an end.
        for (var length = 0; length < pem.Length; length += 7)
        {
            var certificates = new List<ReadOnlyMemory<byte>>();
            Os.Application.PemCertificates.Read(System.Text.Encoding.ASCII.GetBytes(pem[..length]), certificates);
            Assert.True(certificates.Count <= 1);
        }
    }

    [Fact]
    public async Task One_certificate_may_be_in_DER()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "root.der");
        File.WriteAllBytes(path, Roots[0].RawData);
        var anchors = await Read(Options(("SSL_CERT_FILE", path)));
        Assert.Equal(Roots[0].RawData, Assert.Single(anchors.Certificates).ToArray());
    }

    private static OsHostOptions Options(params (string Name, string Value)[] environment) => new()
    {
        Environment = name => environment.FirstOrDefault(entry => entry.Name == name).Value,
    };

    private static async Task<TrustAnchors> Read(OsHostOptions options)
    {
        var result = await OsHost.Create(options).GetTrustAnchorsAsync(default);
        Assert.True(result.TryGet(out var anchors, out var refusal), refusal?.Reason);
        return anchors;
    }

    private static X509Certificate2 Make(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new CertificateRequest(name, key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
    }
}
