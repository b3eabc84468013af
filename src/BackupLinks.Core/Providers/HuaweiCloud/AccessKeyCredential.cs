using BackupLinks.Text;

namespace BackupLinks.HuaweiCloud;

/// <summary>An access key, permanent or temporary.</summary>
internal sealed class AccessKeyCredential(string accessKey, string secretKey, string? securityToken) : HuaweiCredential
{
    public override SecretScrubber Scrubber { get; } = new(secretKey, securityToken);

    public override string Noun => "the key";

    public override string Fingerprint { get; } = Hex.Sha256($"key\n{accessKey}\n{secretKey}\n{securityToken}");
}
