using System.Collections.Generic;
using System.Linq;

namespace BackupLinks.Sandbox.TencentCloud;

/// <summary>The keys and the region of Tencent Cloud. Nothing here is secret: it exists on loopback only.</summary>
public static class TencentSamples
{
    /// <summary>A permanent access key.</summary>
    public static readonly SandboxKey Key = new(
        "AKIDSANDBOX0000000000000000000000000", "TencentSandboxSecret000000000000");

    /// <summary>A temporary access key, valid with its token only.</summary>
    public static readonly SandboxKey TemporaryKey = new(
        "AKIDSANDBOXTEMPORARY0000000000000000", "TencentSandboxSessionSecret00000")
    {
        SecurityToken = "TencentSandbox+Token/With=Chars==",
    };

    /// <summary>An access key that is good, and may read nothing.</summary>
    public static readonly SandboxKey AuditorKey = new(
        "AKIDSANDBOXAUDITOR000000000000000000", "TencentSandboxAuditor00000000000") { MayRead = false };

    /// <summary>The region that everything is in.</summary>
    public const string Region = "ap-guangzhou";

    /// <summary>The access keys, by id.</summary>
    internal static readonly IReadOnlyDictionary<string, SandboxKey> Keys =
        new[] { Key, TemporaryKey, AuditorKey }.ToDictionary(key => key.AccessKey);
}
