using System.Collections.Generic;
using System.Linq;

namespace BackupLinks.Sandbox.AlibabaCloud;

/// <summary>The keys and the region of Alibaba Cloud. Nothing here is secret: it exists on loopback only.</summary>
public static class AlibabaSamples
{
    /// <summary>A permanent access key.</summary>
    public static readonly SandboxKey Key = new(
        "LTAI5tSANDBOX00000000000", "AlibabaSandboxSecret0000000000");

    /// <summary>A temporary access key, valid with its security token only.</summary>
    public static readonly SandboxKey TemporaryKey = new(
        "STS.SANDBOX0000000000000", "AlibabaSandboxSessionSecret000")
    {
        SecurityToken = "CAISSandbox+Token/With=Chars==",
    };

    /// <summary>An access key that is good, and may read nothing.</summary>
    public static readonly SandboxKey AuditorKey = new(
        "LTAI5tAUDITOR00000000000", "AlibabaSandboxAuditor000000000") { MayRead = false };

    /// <summary>The region that everything is in.</summary>
    public const string Region = "cn-hangzhou";

    /// <summary>The access keys, by id.</summary>
    internal static readonly IReadOnlyDictionary<string, SandboxKey> Keys =
        new[] { Key, TemporaryKey, AuditorKey }.ToDictionary(key => key.AccessKey);
}
