using System;
using System.Diagnostics;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;

namespace BackupLinks.Benchmarks;

/// <summary>
/// An nginx that serves the folder <c>www</c>, plainly and, below <c>/slow</c>, with a limit a connection; every file
/// below <c>/tiny</c> is <c>t.bin</c>.
/// </summary>
internal sealed class ServedFolder : IDisposable
{
    private readonly Process _process;

    public ServedFolder(string program, string folder)
    {
        int port;
        using (var listener = new TcpListener(IPAddress.Loopback, 0))
        {
            listener.Start();
            port = ((IPEndPoint)listener.LocalEndpoint).Port;
        }

        Directory.CreateDirectory(Path.Combine(folder, "www"));
        string configuration = Path.Combine(folder, "nginx.conf");
        File.WriteAllText(configuration, $$"""
            daemon off;
            master_process off;
            pid {{folder}}/nginx.pid;
            error_log {{folder}}/error.log;
            events { worker_connections 1024; }
            http {
              access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000;
              client_body_temp_path {{folder}}/t1; proxy_temp_path {{folder}}/t2; fastcgi_temp_path {{folder}}/t3;
              uwsgi_temp_path {{folder}}/t4; scgi_temp_path {{folder}}/t5;
              server {
                listen 127.0.0.1:{{port}};
                root {{folder}}/www;
                location /tiny/ { rewrite ^ /t.bin break; }
                location /slow/ { alias {{folder}}/www/; limit_rate 20m; }
              }
            }
            """);
        Address = $"http://127.0.0.1:{port}";
        _process = Process.Start(
            new ProcessStartInfo(
                program, ["-c", configuration, "-p", folder, "-e", Path.Combine(folder, "error.log")]))!;
        while (!IsServed(port))
            Thread.Sleep(20);
    }

    /// <summary>Its base address.</summary>
    public string Address { get; }

    /// <summary>What a program prints.</summary>
    public static string Output(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? text : throw new InvalidOperationException($"{program} failed: {text}");
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static bool IsServed(int port)
    {
        try
        {
            using var client = new TcpClient("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
