using System;
using System.Diagnostics;
using System.IO;
using System.Security.Cryptography;
using System.Text;

namespace BackupLinks.Tests.Peers;

/// <summary>An nginx that serves a folder: plainly, slowly, and behind links that expire.</summary>
internal sealed class NginxServer : IDisposable
{
    private const string Secret = "a secret of the test";

    private readonly Process _process;
    private readonly string _folder;

    /// <summary>Starts it.</summary>
    /// <param name="folder">What it may write to; the files are in <c>www</c>.</param>
    public NginxServer(string folder)
    {
        _folder = folder;
        string program = Peer.Require("nginx");
        int port = Peer.FreePort();
        Directory.CreateDirectory(Path.Combine(folder, "www"));
        string configuration = Path.Combine(folder, "nginx.conf");
        File.WriteAllText(configuration, $$"""
            daemon off;
            master_process off;
            pid {{folder}}/nginx.pid;
            error_log {{folder}}/error.log;
            events { worker_connections 512; }
            http {
              access_log off;
              sendfile on;
              client_body_temp_path {{folder}}/t1; proxy_temp_path {{folder}}/t2; fastcgi_temp_path {{folder}}/t3;
              uwsgi_temp_path {{folder}}/t4; scgi_temp_path {{folder}}/t5;
              server {
                listen 127.0.0.1:{{port}};
                root {{folder}}/www;
                location /slow/ { alias {{folder}}/www/; limit_rate 2m; }
                location /one/ { alias {{folder}}/www/; max_ranges 0; }
                location /expiring/ {
                  alias {{folder}}/www/;
                  secure_link $arg_md5,$arg_expires;
                  secure_link_md5 "$secure_link_expires$uri {{Secret}}";
                  if ($secure_link = "") { return 403; }
                  if ($secure_link = "0") { return 410; }
                }
              }
            }
            """);
        Address = $"http://127.0.0.1:{port}";
        _process = Peer.StartServer(
            program, port, "-c", configuration, "-p", folder, "-e", Path.Combine(folder, "error.log"));
    }

    /// <summary>Its base address.</summary>
    public string Address { get; }

    /// <summary>Puts a file where it serves it, and makes its time one of long ago.</summary>
    /// <returns>The SHA-256 of the file.</returns>
    public string Put(string name, byte[] content)
    {
        string path = Path.Combine(_folder, "www", name);
        File.WriteAllBytes(path, content);
        File.SetLastWriteTimeUtc(path, new DateTime(2026, 1, 15, 3, 0, 0, DateTimeKind.Utc));
        return Convert.ToHexStringLower(SHA256.HashData(content));
    }

    /// <summary>A link that works until some time.</summary>
    public string Presign(string name, DateTimeOffset expires)
    {
        long seconds = expires.ToUnixTimeSeconds();
        string md5 = Convert.ToBase64String(MD5.HashData(Encoding.UTF8.GetBytes($"{seconds}/expiring/{name} {Secret}")))
            .Replace('+', '-').Replace('/', '_').TrimEnd('=');
        return $"{Address}/expiring/{name}?md5={md5}&expires={seconds}";
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
