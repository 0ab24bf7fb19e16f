namespace Fathom.EndToEnd.Worlds;

/// <summary>nginx's configuration: one site per certificate, and the paths of the healthy site that fail in HTTP.</summary>
internal static class NginxFiles
{
    public static void Write(string folder, TestAuthority authority)
    {
        Directory.CreateDirectory(Path.Combine(folder, "www"));
        File.WriteAllText(Path.Combine(folder, "www", "index.html"), "<!doctype html><title>good</title><p>All is well.</p>\n");
        // Larger than one segment, so that a black hole shows in plain HTTP too.
        File.WriteAllText(Path.Combine(folder, "www", "large.txt"), string.Concat(Enumerable.Repeat("0123456789abcde\n", 1024)));
        File.WriteAllText(Path.Combine(folder, "nginx.conf"), Configuration(folder, authority));
    }

    private static string Configuration(string folder, TestAuthority authority)
    {
        (string Name, string Chain)[] sites =
        [
            (Names.Expired, "expired"),
            (Names.NotYetValid, "not-yet-valid"),
            (Names.WrongName, "wrong-name"),
            (Names.SelfSigned, "self-signed"),
            (Names.UnknownAuthority, "unknown-authority"),
            (Names.MissingIntermediate, "missing-intermediate"),
            (Names.Escape, "escape"),
        ];
        var others = string.Join('\n', sites.Select(site => Site(site.Name, authority.ChainFile(site.Chain))));
        return
            $$"""
            daemon off;
            user root;
            worker_processes 1;
            pid {{folder}}/nginx.pid;
            error_log {{folder}}/nginx.log;
            events { worker_connections 512; }
            http {
              access_log off;
              client_body_temp_path {{folder}}/t1;
              proxy_temp_path {{folder}}/t2;
              fastcgi_temp_path {{folder}}/t3;
              uwsgi_temp_path {{folder}}/t4;
              scgi_temp_path {{folder}}/t5;
              ssl_certificate_key {{authority.KeyFile}};
              ssl_protocols TLSv1.2 TLSv1.3;
              add_header Strict-Transport-Security "max-age=63072000" always;
              add_header Content-Security-Policy "default-src 'self'" always;
              add_header X-Content-Type-Options nosniff always;
              add_header X-Frame-Options DENY always;
              add_header Referrer-Policy no-referrer always;
              add_header Permissions-Policy "geolocation=()" always;
              server {
                listen 80 default_server;
                listen [::]:80 default_server;
                listen 443 ssl default_server;
                listen [::]:443 ssl default_server;
                ssl_certificate {{authority.ChainFile("good")}};
                root {{folder}}/www;
                location = /error { return 500; }
                location = /unavailable { return 503; }
                location = /bad-gateway { proxy_pass http://127.0.0.1:{{Ports.Closed}}; }
                location = /gateway-timeout { proxy_pass http://127.0.0.1:{{Ports.Stalled}}; proxy_read_timeout 1s; }
                location = /stalled { proxy_pass http://127.0.0.1:{{Ports.Stalled}}; proxy_read_timeout 600s; }
                location = /slow { proxy_pass http://127.0.0.1:{{Ports.Slow}}; }
                location = /moved { return 302 /; }
                location = /loop { return 302 /loop; }
                location = /ping { return 302 /pong; }
                location = /pong { return 302 /ping; }
                location = /forbidden { return 403; }
                location = /cookie-rejected {
                  # SameSite=None asks for Secure (RFC 6265bis section 5.7).
                  add_header Set-Cookie "id=0123456789abcdef; Path=/; HttpOnly; SameSite=None";
                  return 200 "cookie\n";
                }
              }
              server {
                listen {{Ports.OldTls}} ssl;
                listen [::]:{{Ports.OldTls}} ssl;
                ssl_certificate {{authority.ChainFile("good")}};
                ssl_protocols TLSv1 TLSv1.1;
                ssl_ciphers "DEFAULT:@SECLEVEL=0";
                return 200 "old\n";
              }
              server {
                listen 443 ssl;
                listen [::]:443 ssl;
                server_name {{Names.HandshakeRefused}};
                ssl_reject_handshake on;
              }
            {{others}}
            }

            """;
    }

    private static string Site(string name, string chain) =>
        $$"""
              server {
                listen 443 ssl;
                listen [::]:443 ssl;
                server_name {{name}};
                ssl_certificate {{chain}};
                return 200 "{{name}}\n";
              }
            """;
}
