using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Fathom.Probes.Tests.Application.Tls.Support;

/// <summary>A server of somebody else's making on a free port of loopback; ended by its process id.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _folder;

    private ServerProcess(Process process, int port, string folder)
    {
        _process = process;
        Port = port;
        _folder = folder;
    }

    public int Port { get; }

    /// <summary>Starts "openssl s_server".</summary>
    /// <param name="leaf">The server's certificate with its key.</param>
    /// <param name="others">What it sends besides.</param>
    /// <param name="arguments">More arguments.</param>
    public static async Task<ServerProcess> OpenSslAsync(X509Certificate2 leaf, IEnumerable<X509Certificate2> others, params string[] arguments)
    {
        const string program = "/usr/bin/openssl";
        Assert.SkipUnless(File.Exists(program), "openssl is not installed");
        var folder = WriteCertificates(leaf, others);
        string[] chain = others.Any() ? ["-cert_chain", Path.Combine(folder, "chain.pem")] : [];
        string[] all = ["s_server", "-accept", "127.0.0.1:0", "-cert", Path.Combine(folder, "leaf.pem"), "-key", Path.Combine(folder, "key.pem"), .. chain, .. arguments];
        // Line buffered, so that what it says can be waited for; stdbuf becomes openssl, with the same process id.
        var process = Start("/usr/bin/stdbuf", folder, ["-oL", program, .. all]);
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            var colon = line.LastIndexOf(':');
            if (line.StartsWith("ACCEPT", StringComparison.Ordinal) && int.TryParse(line.AsSpan(colon + 1), out var port))
            {
                return new ServerProcess(process, port, folder);
            }
        }

        throw new InvalidOperationException("openssl s_server did not start: " + await process.StandardError.ReadToEndAsync());
    }

    /// <summary>Starts nginx with a server block.</summary>
    /// <param name="leaf">The server's certificate with its key.</param>
    /// <param name="others">What it sends besides.</param>
    /// <param name="directives">More directives of the server.</param>
    public static async Task<ServerProcess> NginxAsync(X509Certificate2 leaf, IEnumerable<X509Certificate2> others, string directives = "")
    {
        const string program = "/usr/sbin/nginx";
        Assert.SkipUnless(File.Exists(program), "nginx is not installed");
        var folder = WriteCertificates(leaf, others);
        var port = FreePort();
        var configuration = $$"""
            daemon off; master_process off; worker_processes 1; error_log stderr notice; pid {{folder}}/pid;
            events { worker_connections 32; }
            http {
              access_log off; client_body_temp_path {{folder}}/a; proxy_temp_path {{folder}}/b; fastcgi_temp_path {{folder}}/c; uwsgi_temp_path {{folder}}/d; scgi_temp_path {{folder}}/e;
              server { listen 127.0.0.1:{{port}} ssl; ssl_certificate {{folder}}/full.pem; ssl_certificate_key {{folder}}/key.pem; {{directives}} location / { return 200 "hello\n"; } }
            }
            """;
        var file = Path.Combine(folder, "nginx.conf");
        await File.WriteAllTextAsync(file, configuration);
        var process = Start(program, folder, "-p", folder, "-e", "stderr", "-c", file);
        // The notice of the event method comes after the listening socket is there.
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            if (line.Contains("using the", StringComparison.Ordinal)) return new ServerProcess(process, port, folder);
            Assert.DoesNotContain("[emerg]", line, StringComparison.Ordinal);
        }

        throw new InvalidOperationException("nginx did not start");
    }

    /// <summary>Writes to the server's standard input: s_server sends it as application data.</summary>
    public async Task SayAsync(string text)
    {
        await _process.StandardInput.WriteAsync(text);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Reads the server's standard output up to a line with this text.</summary>
    public async Task WaitForAsync(string text)
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal)) return;
        }

        throw new InvalidOperationException("The server ended without saying " + text);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string WriteCertificates(X509Certificate2 leaf, IEnumerable<X509Certificate2> others)
    {
        var folder = Directory.CreateTempSubdirectory("fathom-tls-").FullName;
        var chain = new StringBuilder();
        foreach (var other in others) chain.Append(other.ExportCertificatePem()).Append('\n');
        var key = leaf.GetECDsaPrivateKey()?.ExportPkcs8PrivateKeyPem() ?? leaf.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem();
        File.WriteAllText(Path.Combine(folder, "leaf.pem"), leaf.ExportCertificatePem() + "\n");
        File.WriteAllText(Path.Combine(folder, "chain.pem"), chain.ToString());
        File.WriteAllText(Path.Combine(folder, "full.pem"), leaf.ExportCertificatePem() + "\n" + chain);
        File.WriteAllText(Path.Combine(folder, "key.pem"), key + "\n");
        return folder;
    }

    private static Process Start(string program, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        return Process.Start(start) ?? throw new InvalidOperationException(program + " did not start");
    }
}
