namespace Fathom.Probes.Application.Http;

/// <summary>A proxy that speaks HTTP: http goes through it by absolute-form, https through a tunnel (RFC 9112 §3.2.2, RFC 9110 §9.3.6).</summary>
/// <param name="Target">The proxy: host and port of an http URL; its path counts for nothing. Its user and password are sent as Proxy-Authorization.</param>
public sealed record HttpProxy(HttpTarget Target);
