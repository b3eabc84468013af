using System.Collections.Generic;
using BackupLinks.Http;

namespace BackupLinks.AlibabaCloud.Signing;

/// <summary>
/// Alibaba Cloud's request signature version 1, HMAC-SHA1 over the sorted query, which private clouds of older versions
/// accept. The key is the secret with an ampersand behind it. Source: the RPC signature guide; the vendor's
/// <c>pop-core</c>.
/// </summary>
internal static class AlibabaRpcSigner
{
    /// <inheritdoc cref="QuerySignature.Sign"/>
    public static string Sign(string secretKey, string stringToSign) =>
        QuerySignature.Sign(secretKey + "&", stringToSign);

    /// <inheritdoc cref="QuerySignature.SignedQuery"/>
    public static string SignedQuery(
        string secretKey, string method, IEnumerable<KeyValuePair<string, string>> parameters) =>
        QuerySignature.SignedQuery(secretKey + "&", method, parameters);
}
