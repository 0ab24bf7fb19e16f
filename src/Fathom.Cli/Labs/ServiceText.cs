using Fathom.Lab.Scenarios;

namespace Fathom.Cli.Labs;

/// <summary>What a host serves, in few words.</summary>
internal static class ServiceText
{
    public static string Of(ServiceSpec service) => service switch
    {
        ServiceSpec.Dns dns => $"dns({string.Join(' ', dns.Zones)})",
        ServiceSpec.Resolver => "resolver",
        ServiceSpec.Web web => $"{(web.Https ? "https" : "http")}({string.Join(' ', web.Names)})",
        ServiceSpec.Dhcp dhcp => $"dhcp({dhcp.First} to {dhcp.Last})",
        ServiceSpec.Small small => small.Name,
        _ => "a service",
    };
}
