using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Security.Cryptography;
using System.Threading.Tasks;

namespace BackupLinks.Benchmarks;

/// <summary>What nothing on this machine can be faster than.</summary>
internal static class MachineLimits
{
    /// <summary>Copies a file to the disk.</summary>
    public static void Copy(string source, string target)
    {
        using var from = File.OpenRead(source);
        using var to = new FileStream(target, FileMode.CreateNew, FileAccess.Write, FileShare.None, 0);
        from.CopyTo(to, 1 << 20);
        to.Flush(flushToDisk: true);
    }

    /// <summary>Computes the SHA-256 of a file, which is one processor's work.</summary>
    public static void Hash(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 0);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] block = new byte[1 << 20];
        for (int count; (count = file.Read(block)) > 0;)
            hash.AppendData(block, 0, count);
        _ = hash.GetHashAndReset();
    }

    /// <summary>Computes the SHA-256 of files, one on each processor.</summary>
    public static void HashAll(string[] paths) => Parallel.ForEach(paths, Hash);

    /// <summary>Requests a small file over a connection that is open.</summary>
    /// <param name="address">Its address.</param>
    /// <returns>The median of the round trips, in microseconds.</returns>
    public static double RoundTrip(string address)
    {
        const int Times = 500;
        using var client = new HttpClient();
        return Enumerable.Range(0, 2 * Times).Select(_ =>
        {
            long begin = Stopwatch.GetTimestamp();
            using var response = client.Send(new HttpRequestMessage(HttpMethod.Head, address));
            return Stopwatch.GetElapsedTime(begin).TotalMicroseconds;
        }).Skip(Times).Order().ElementAt(Times / 2);
    }
}
