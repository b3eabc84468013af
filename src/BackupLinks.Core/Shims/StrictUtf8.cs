using System;
using System.Text;

namespace BackupLinks.Shims;

/// <summary>Text out of UTF-8.</summary>
internal static class StrictUtf8
{
    private static readonly UTF8Encoding Encoding = new(
        encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text of bytes.</summary>
    /// <exception cref="FormatException">They are not UTF-8.</exception>
    public static string Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
#if NET
            return Encoding.GetString(bytes);
#else
            return Encoding.GetString(bytes.ToArray());
#endif
        }
        catch (DecoderFallbackException e)
        {
            throw new FormatException(e.Message, e);
        }
    }
}
