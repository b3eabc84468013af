using System.Text;
using BackupLinks.Formats.Compression;

namespace BackupLinks.Formats;

/// <summary>The text of a small member that is compressed by itself.</summary>
internal static class MemberText
{
    /// <summary>Decompresses.</summary>
    /// <param name="input">The member.</param>
    /// <param name="longest">The most bytes of text.</param>
    /// <returns>Null for a member that is damaged, or compressed in an unknown way.</returns>
    public static string? Decode(ByteReader input, int longest)
    {
        var layer = new BackupLayer(BackupFormat.Text, TextVerifier.FormatName);
        var head = input.Peek(FormatVerifier.HeadSize);
        IByteSource? content = FormatCatalog.Recognise(head)?.Format switch
        {
            BackupFormat.Qpress => new QpressSource(input, layer),
            BackupFormat.Lz4 => new Lz4Source(input, layer),
            BackupFormat.Zstd => new ZstdSource(input, layer),
            _ => null,
        };
        if (content is null)
            return null;
        byte[] text = new byte[longest];
        int length = 0;
        for (int read; length < longest && (read = content.Read(text, length, longest - length)) > 0;)
            length += read;
        (content as System.IDisposable)?.Dispose();
        return layer.IsBad ? null : Encoding.UTF8.GetString(text, 0, length);
    }
}
