using System.Text;
using BackupLinks.Shims;

namespace BackupLinks.Text;

/// <summary>Hashes as text.</summary>
internal static class Hex
{
    /// <summary>The bytes in lower-case hexadecimal.</summary>
    public static string Encode(byte[] bytes)
    {
        const string Digits = "0123456789abcdef";
        var text = new char[bytes.Length * 2];
        for (int i = 0; i < bytes.Length; i++)
        {
            text[2 * i] = Digits[bytes[i] >> 4];
            text[(2 * i) + 1] = Digits[bytes[i] & 15];
        }

        return new string(text);
    }

    /// <summary>The SHA-256 of the bytes, in lower-case hexadecimal.</summary>
    public static string Sha256(byte[] bytes) => Encode(Hashing.Sha256(bytes));

    /// <summary>The SHA-256 of the text's UTF-8 bytes, in lower-case hexadecimal.</summary>
    public static string Sha256(string text) => Sha256(Encoding.UTF8.GetBytes(text));
}
