using Fathom.Wire.Application.Tls;

namespace Fathom.Probes.Application.Tls.Handshake;

/// <summary>Why a <see cref="TlsEngine"/> stopped.</summary>
/// <param name="Limit">The limit that the peer exceeded, or none.</param>
/// <param name="Detail">What was wrong, for people.</param>
/// <param name="AlertReceived">The peer's alert, where that was it.</param>
internal sealed record TlsFailure(TlsLimit Limit, string Detail, TlsAlert? AlertReceived);
