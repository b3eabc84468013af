using System.IO;
using System.IO.Compression;

namespace BackupLinks.Tests.Core.Formats;

/// <summary>Content as the framework compresses it.</summary>
internal static class Compressed
{
    public static byte[] Gzip(byte[] content, CompressionLevel level = CompressionLevel.Optimal)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, level))
            gzip.Write(content);
        return output.ToArray();
    }

    public static byte[] Zlib(byte[] content)
    {
        using var output = new MemoryStream();
        using (var zlib = new ZLibStream(output, CompressionLevel.Optimal))
            zlib.Write(content);
        return output.ToArray();
    }
}
