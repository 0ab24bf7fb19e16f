using Fathom.Wire.Internet;

namespace Fathom.Wire.Dissection;

/// <summary>TLS.</summary>
internal sealed class TlsDissector : IApplicationDissector
{
    internal static TlsDissector Instance { get; } = new();

    public string Protocol => "tls";

    public string Name => "TLS";

    public bool TryDissect(IpProtocol transport, ReadOnlySpan<byte> payload, LayerWriter layer, out string summary, out WireError fault)
    {
        summary = string.Empty;
        fault = default;
        return false;
    }
}
