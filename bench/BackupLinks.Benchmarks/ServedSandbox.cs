using System;
using System.Diagnostics;
using System.IO;
using System.Net.Http;
using System.Text;
using System.Threading.Tasks;

namespace BackupLinks.Benchmarks;

/// <summary>The clouds in a process of their own, so that their work is not counted as anybody else's.</summary>
internal sealed class ServedSandbox : IDisposable
{
    private readonly Process _process;
    private readonly HttpClient _admin = new();

    private ServedSandbox(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    public static async Task<ServedSandbox> StartAsync()
    {
        string program = Path.Combine(AppContext.BaseDirectory, "BackupLinks.Sandbox.dll");
        var process = Process.Start(
            new ProcessStartInfo("dotnet", [program, "serve", "--port", "0"]) { RedirectStandardOutput = true })!;
        string? line = await process.StandardOutput.ReadLineAsync();
        var address = new Uri(line!.Split(' ')[4]);
        _ = process.StandardOutput.ReadToEndAsync();
        return new ServedSandbox(process, address);
    }

    /// <summary>Has requests wait before they are answered.</summary>
    /// <param name="latency">How long.</param>
    /// <param name="path">What the paths of these requests contain.</param>
    public async Task SetLatencyAsync(TimeSpan latency, string path = "/links")
    {
        await _admin.DeleteAsync(new Uri(Address, "/_sandbox/faults"));
        if (latency > TimeSpan.Zero)
        {
            using var fault = new StringContent(
                $$"""{"path":"{{path}}","delay":{{latency.TotalSeconds}}}""", Encoding.UTF8, "application/json");
            (await _admin.PostAsync(new Uri(Address, "/_sandbox/faults"), fault)).EnsureSuccessStatusCode();
        }
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        _admin.Dispose();
    }
}
