using System.Reflection;

namespace Fathom.Cli;

/// <summary>The version of this build.</summary>
internal static class AppVersion
{
    /// <summary>With build metadata: "0.1.0-alpha.0.12+abcdef0".</summary>
    public static string Full { get; } = typeof(AppVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>Without build metadata.</summary>
    public static string Short { get; } = Full.Split('+')[0];
}
