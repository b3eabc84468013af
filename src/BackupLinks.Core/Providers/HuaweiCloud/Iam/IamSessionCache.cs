using System;
using System.Collections.Concurrent;

namespace BackupLinks.HuaweiCloud.Iam;

/// <summary>
/// The responses of IAM in this session. Keys are made of the credential's fingerprint, so another password
/// never gets an earlier one's token.
/// </summary>
internal sealed class IamSessionCache
{
    /// <summary>Project ids by IAM endpoint, credential and project name.</summary>
    public ConcurrentDictionary<(Uri Iam, string Credential, string Project), string> Projects { get; } = new();

    /// <summary>Tokens by IAM endpoint, credential and the project's id or name.</summary>
    public ConcurrentDictionary<(Uri Iam, string Credential, string Project), IamToken> Tokens { get; } = new();
}
