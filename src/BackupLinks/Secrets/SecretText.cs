using System.Runtime.InteropServices;
using System.Security;

namespace BackupLinks.Secrets;

/// <summary>The text in a SecureString, at the last moment before it is used.</summary>
internal static class SecretText
{
    /// <summary>The text.</summary>
    public static string Reveal(SecureString secret)
    {
        var pointer = Marshal.SecureStringToGlobalAllocUnicode(secret);
        try
        {
            return Marshal.PtrToStringUni(pointer, secret.Length);
        }
        finally
        {
            Marshal.ZeroFreeGlobalAllocUnicode(pointer);
        }
    }
}
