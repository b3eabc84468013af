using System.Collections.Generic;
using System.Linq;

namespace BackupLinks.Sandbox.HuaweiCloud;

/// <summary>
/// The keys of Huawei Cloud, and the ids of its samples, which are those of the vendor's pages where they show one.
/// Nothing here is secret: it exists on loopback only.
/// </summary>
public static class HuaweiSamples
{
    /// <summary>A permanent access key that may read everything.</summary>
    public static readonly SandboxKey OperatorKey = new(
        "SANDBOXAKOPERATOR000", "SandboxSecretKeyOfTheOperator00000000000");

    /// <summary>A temporary access key, valid with its security token only.</summary>
    public static readonly SandboxKey TemporaryKey = new(
        "SANDBOXAKTEMPORARY00", "SandboxSecretKeyOfTheSession0000000000000")
    {
        SecurityToken = "gQpjbi1ub3J0aC00/SANDBOX+TOKEN==",
    };

    /// <summary>An access key that is good, and may read nothing.</summary>
    public static readonly SandboxKey AuditorKey = new(
        "SANDBOXAKAUDITOR0000", "SandboxSecretKeyOfTheAuditor000000000000") { MayRead = false };

    /// <summary>The account that the IAM user belongs to.</summary>
    public const string DomainName = "sandbox-account";

    /// <summary>The IAM user.</summary>
    public const string UserName = "backup-operator";

    /// <summary>The IAM user's password.</summary>
    public const string Password = "Sandbox&Password=1";

    /// <summary>The region that everything is in.</summary>
    public const string Region = "cn-north-4";

    /// <summary>That region's project.</summary>
    public const string ProjectId = "0123456789abcdef0123456789abcdef";

    /// <summary>A DCS cluster instance.</summary>
    public const string DcsInstanceId = "5c597ce5-9823-48aa-bf4d-2defb9385b4a";

    /// <summary>Its backup with three files, one for each shard.</summary>
    public const string DcsClusterBackupId = "3ea6ce21-048e-447a-83c3-3fb004b88439";

    /// <summary>Its backup with one file.</summary>
    public const string DcsSingleBackupId = "3dc6ba15-ba97-4624-bcbd-3cc08d6336b0";

    /// <summary>Its backup without files.</summary>
    public const string DcsEmptyBackupId = "00000000-0000-4000-8000-000000000000";

    /// <summary>A run log of the same instance.</summary>
    public const string DcsLogId = "8f1b6c52-6b7c-4f1f-8f5e-2f6f4d1a9c33";

    /// <summary>An RDS instance of SQL Server.</summary>
    public const string RdsInstanceId = "dsfae23fsfdsae3435in04";

    /// <summary>An RDS backup of SQL Server: one file a database.</summary>
    public const string RdsBackupId = "c0c9f155c7b7423a9d30f0175998b63bbr01";

    /// <summary>The access keys, by id.</summary>
    internal static readonly IReadOnlyDictionary<string, SandboxKey> Keys =
        new[] { OperatorKey, TemporaryKey, AuditorKey }.ToDictionary(key => key.AccessKey);
}
