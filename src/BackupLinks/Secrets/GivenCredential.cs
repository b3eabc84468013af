using System.Management.Automation;

namespace BackupLinks.Secrets;

/// <summary>What a caller gives of the credential; null members are not given.</summary>
/// <param name="Credential">The value of -Credential.</param>
/// <param name="SecretName">The value of -SecretName.</param>
/// <param name="Vault">The value of -Vault; alone, it stands for the default secret of a cloud in that vault.</param>
internal sealed record GivenCredential(PSCredential? Credential, string? SecretName, string? Vault)
{
    /// <summary>True when the caller names a credential, so that no other is used.</summary>
    public bool IsGiven => Credential is not null || SecretName is not null || Vault is not null;

    /// <summary>True when the credential does not say which cloud it is of.</summary>
    public bool IsOfAnyCloud => Credential is not null || SecretName is not null;
}
