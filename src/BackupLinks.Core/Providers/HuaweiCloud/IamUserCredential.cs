using BackupLinks.Text;

namespace BackupLinks.HuaweiCloud;

/// <summary>An IAM user, who is given a token for a password.</summary>
internal sealed class IamUserCredential(string userName, string password, string domainName) : HuaweiCredential
{
    /// <summary>The IAM user.</summary>
    public string UserName => userName;

    /// <summary>The IAM user's password.</summary>
    public string Password => password;

    /// <summary>The account that the user belongs to.</summary>
    public string DomainName => domainName;

    public override SecretScrubber Scrubber { get; } = new(password);

    public override string Noun => "the user name and password";

    public override string Fingerprint { get; } = Hex.Sha256($"user\n{domainName}\n{userName}\n{password}");
}
