using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using BackupLinks.Sandbox.HuaweiCloud;

namespace BackupLinks.Benchmarks;

/// <summary>
/// The peer: a script of an operator who needs these links once. It signs and parses the same calls and does
/// nothing else: no retry, no error reading, no vault.
/// </summary>
internal sealed class HandWrittenLoop(Uri endpoint) : IDisposable
{
    private readonly HttpClient _http = new();

    public async Task<int> RunAsync(IEnumerable<string> backupIds, int parallel)
    {
        int links = 0;
        await Parallel.ForEachAsync(
            backupIds, new ParallelOptions { MaxDegreeOfParallelism = parallel }, async (id, stop) =>
        {
            var found = await GetLinksAsync(id);
            System.Threading.Interlocked.Add(ref links, found.Count);
        });
        return links;
    }

    public async Task<int> RunOneByOneAsync(IEnumerable<string> backupIds)
    {
        int links = 0;
        foreach (string id in backupIds)
            links += (await GetLinksAsync(id)).Count;
        return links;
    }

    public void Dispose() => _http.Dispose();

    private async Task<List<(string Name, Uri Link)>> GetLinksAsync(string backupId)
    {
        string path = $"/v2/{HuaweiSamples.ProjectId}/instances/{HuaweiSamples.DcsInstanceId}/backups/{backupId}/links";
        const string Body = """{"expiration":3600}""";
        string date = DateTime.UtcNow.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        string canonical = $"POST\n{path}/\n\nhost:{endpoint.Host}\nx-sdk-date:{date}\n\nhost;x-sdk-date\n{Hash(Body)}";
        byte[] signature = HMACSHA256.HashData(
            Encoding.UTF8.GetBytes(HuaweiSamples.OperatorKey.SecretKey),
            Encoding.UTF8.GetBytes($"SDK-HMAC-SHA256\n{date}\n{Hash(canonical)}"));

        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(endpoint, path))
        {
            Content = new StringContent(Body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Host = endpoint.Host;
        request.Headers.Add("X-Sdk-Date", date);
        request.Headers.TryAddWithoutValidation(
            "Authorization",
            $"SDK-HMAC-SHA256 Access={HuaweiSamples.OperatorKey.AccessKey}, SignedHeaders=host;x-sdk-date, "
                + $"Signature={Convert.ToHexStringLower(signature)}");
        using var response = await _http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        using var json = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
        return
        [
            .. json.RootElement.GetProperty("links").EnumerateArray()
                .Select(item =>
                    (item.GetProperty("file_name").GetString()!, new Uri(item.GetProperty("link").GetString()!))),
        ];
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
