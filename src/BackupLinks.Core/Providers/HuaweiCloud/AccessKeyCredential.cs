using BackupLinks.Text;

namespace BackupLinks.HuaweiCloud;

/// <summary>An access key, permanent or temporary.</summary>
internal sealed class AccessKeyCredential(string accessKey, string secretKey, string? securityToken) : HuaweiCredential
{
    /// <summary>The access key id (AK).</summary>
    public string AccessKey => accessKey;

    /// <summary>The secret access key (SK).</summary>
    public string SecretKey => secretKey;

    /// <summary>The token that a temporary key comes with; null for a permanent key.</summary>
    public string? SecurityToken => securityToken;

    public override SecretScrubber Scrubber { get; } = new(secretKey, securityToken);

    public override string Noun => "the key";

    public override string Fingerprint { get; } = Hex.Sha256($"key\n{accessKey}\n{secretKey}\n{securityToken}");
}
