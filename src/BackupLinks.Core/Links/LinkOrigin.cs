namespace BackupLinks.Links;

/// <summary>Where a link came from, as far as it is needed to ask for it again.</summary>
internal record LinkOrigin(string Endpoint, string? SecretName, string? Vault);
