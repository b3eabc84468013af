using System;

namespace BackupLinks.HuaweiCloud.Iam;

/// <summary>A token from IAM.</summary>
internal sealed class IamToken(string value, DateTimeOffset issuedAt, DateTimeOffset expiresAt, string? projectId)
{
    /// <summary>The value for the X-Auth-Token header: a bearer secret.</summary>
    public string Value => value;

    /// <summary>When it was requested.</summary>
    public DateTimeOffset IssuedAt => issuedAt;

    /// <summary>When IAM stops accepting it.</summary>
    public DateTimeOffset ExpiresAt => expiresAt;

    /// <summary>The project that it is for; null when IAM did not say.</summary>
    public string? ProjectId => projectId;
}
