namespace BackupLinks.Credentials;

/// <summary>Which secret a credential came from; both null when it came from elsewhere.</summary>
internal sealed record SecretReference(string? Name, string? Vault)
{
    /// <summary>A credential that is in no vault.</summary>
    public static readonly SecretReference None = new(null, null);
}
