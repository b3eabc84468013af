#if NET8_0_OR_GREATER
using System;
#endif
using System.Security.Cryptography;

namespace BackupLinks.Shims;

/// <summary>One-shot hashes, where the framework has them.</summary>
internal static class Hashing
{
    public static byte[] Sha256(byte[] data)
    {
#if NET8_0_OR_GREATER
        return SHA256.HashData(data);
#else
        using var hash = SHA256.Create();
        return hash.ComputeHash(data);
#endif
    }

    public static byte[] Sha256(byte[] data, int count)
    {
#if NET8_0_OR_GREATER
        return SHA256.HashData(data.AsSpan(0, count));
#else
        using var hash = SHA256.Create();
        return hash.ComputeHash(data, 0, count);
#endif
    }

    public static byte[] Md5(byte[] data, int count)
    {
#if NET8_0_OR_GREATER
        return MD5.HashData(data.AsSpan(0, count));
#else
        using var hash = MD5.Create();
        return hash.ComputeHash(data, 0, count);
#endif
    }

    public static byte[] HmacSha256(byte[] key, byte[] data)
    {
#if NET8_0_OR_GREATER
        return HMACSHA256.HashData(key, data);
#else
        using var hmac = new HMACSHA256(key);
        return hmac.ComputeHash(data);
#endif
    }
}
