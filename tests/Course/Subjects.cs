using System.Collections.Concurrent;

namespace Fathom.Course;

/// <summary>The course's 29 subjects, and where their examples and commands are.</summary>
internal static class Subjects
{
    /// <summary>In the course's order, from 1.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        "hosts, packets, links", "OSI layers", "TCP/IP and OSI", "IPv4, CIDR", "subnetting", "IPv6", "MAC, ARP", "DNS resolution", "DNS records", "UDP",
        "TCP", "three-way handshake", "four-way teardown", "ports", "TCP server", "TCP client", "UDP server and client", "HTTP request", "HTTP response",
        "HTTP methods", "status codes", "headers", "URLs", "HTTP client", "HTTPS, TLS", "cookies, sessions", "interfaces", "ping, ICMP", "traceroute",
    ];

    private static readonly ConcurrentDictionary<string, bool> Proven = new(StringComparer.Ordinal);

    public static string ExampleFolder => Path.Combine(FathomBinary.Repository, "examples");

    public static string CommandFolder => Path.Combine(FathomBinary.Repository, "tests", "Course", "Commands");

    /// <summary>NN-name.cs, in order.</summary>
    public static IReadOnlyList<string> ExampleFiles => [.. Directory.GetFiles(ExampleFolder, "*.cs").Order(StringComparer.Ordinal)];

    /// <summary>NN-name.txt, in order.</summary>
    public static IReadOnlyList<string> CommandFiles => [.. Directory.GetFiles(CommandFolder, "*.txt").Order(StringComparer.Ordinal)];

    public static string TranscriptOf(string example) => Path.Combine(ExampleFolder, "transcripts", example + ".txt");

    /// <summary>What an example prints with <c>--real</c>, on loopback; null where it has no such transcript.</summary>
    public static string? RealTranscriptOf(string example) => Path.Combine(ExampleFolder, "transcripts", "real", example + ".txt") is var file && File.Exists(file) ? file : null;

    /// <summary>An example printed its transcript in this run.</summary>
    public static void ExampleProven(string name) => Proven["example " + name] = true;

    /// <summary>A command printed its transcript in this run.</summary>
    public static void CommandProven(string name) => Proven["command " + name] = true;

    public static bool IsProven(string kind, string name) => Proven.ContainsKey(kind + " " + name);
}
