namespace Fathom.Hosts.Os;

/// <summary>Where an <see cref="OsHost"/> finds what it reads. The defaults are the system's own places; tests give others.</summary>
public sealed record OsHostOptions
{
    /// <summary>The stub resolver's configuration, resolv.conf(5).</summary>
    public string ResolvConfPath { get; init; } = "/etc/resolv.conf";

    /// <summary>The hosts file, hosts(5); null for the system's own place.</summary>
    public string? HostsPath { get; init; }

    /// <summary>The order of name services, nsswitch.conf(5).</summary>
    public string NsswitchPath { get; init; } = "/etc/nsswitch.conf";

    /// <summary>
    /// Certificate bundles, of which the first that is there counts when neither SSL_CERT_FILE nor SSL_CERT_DIR is set;
    /// null for the usual places of the distributions.
    /// </summary>
    public IReadOnlyList<string>? CertificateBundlePaths { get; init; }

    /// <summary>
    /// Gives an environment variable's value, or null: SSL_CERT_FILE, SSL_CERT_DIR, LOCALDOMAIN, RES_OPTIONS.
    /// The default asks the process's environment.
    /// </summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>The host's clock: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
