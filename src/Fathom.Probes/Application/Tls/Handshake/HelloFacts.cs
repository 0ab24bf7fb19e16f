using Fathom.Wire.Application.Tls;

namespace Fathom.Probes.Application.Tls.Handshake;

/// <summary>What a hello says, as far as people want to know.</summary>
internal sealed class HelloFacts
{
    public TlsVersion LegacyVersion { get; set; }

    public int Suites { get; set; }

    public string? ServerName { get; set; }

    public List<string> Protocols { get; } = [];

    public List<TlsVersion> Versions { get; } = [];

    public List<string> KeyShares { get; } = [];

    public bool OffersResumption { get; set; }
}
