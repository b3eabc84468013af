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

    public static Task<ServedSandbox> StartAsync() => StartAsync("BackupLinks.Sandbox.dll", "serve", "--port", "0");

    /// <summary>Starts a program that serves the clouds, and whose first line says where they are.</summary>
    /// <param name="program">The assembly, in the folder of this one.</param>
    /// <param name="arguments">The arguments of the program.</param>
    public static async Task<ServedSandbox> StartAsync(string program, params string[] arguments)
    {
        var process = Process.Start(new ProcessStartInfo(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, program), .. arguments])
        {
            RedirectStandardOutput = true,
        })!;
        string? line = await process.StandardOutput.ReadLineAsync();
        var address = new Uri(line!.Split(' ')[4]);
        _ = process.StandardOutput.ReadToEndAsync();
        return new ServedSandbox(process, address);
    }

    /// <summary>Delays the responses to some requests.</summary>
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
