using BackupLinks.Text;

namespace BackupLinks.HuaweiCloud;

/// <summary>A token that the caller got from IAM.</summary>
internal sealed class TokenCredential(string token) : HuaweiCredential
{
    /// <summary>The value for the X-Auth-Token header.</summary>
    public string Token => token;

    public override SecretScrubber Scrubber { get; } = new(token);

    public override string Noun => "the token";

    public override string Fingerprint { get; } = Hex.Sha256("token\n" + token);
}
