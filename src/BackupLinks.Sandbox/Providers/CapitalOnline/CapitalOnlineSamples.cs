using System.Collections.Generic;

namespace BackupLinks.Sandbox.CapitalOnline;

/// <summary>
/// The key of Capital Online, and the ids of its samples. Nothing here is secret: it exists on loopback only.
/// </summary>
public static class CapitalOnlineSamples
{
    /// <summary>The access key.</summary>
    public static readonly SandboxKey Key = new(
        "CDSSANDBOXAK0000000000", "CDSSandboxSecretKey00000000000000");

    /// <summary>A Redis instance.</summary>
    public const string CdsInstanceId = "5ac7c945-ae47-4bbf-82e6-2823d64b57c5";

    /// <summary>Its backup.</summary>
    public const string CdsBackupId = "77a3a1e6-2f0f-4a35-9f53-0a4b7ce9f1d2";

    /// <summary>The access keys, by id.</summary>
    internal static readonly IReadOnlyDictionary<string, SandboxKey> Keys =
        new Dictionary<string, SandboxKey> { [Key.AccessKey] = Key };
}
