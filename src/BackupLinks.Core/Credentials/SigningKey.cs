namespace BackupLinks.Credentials;

/// <summary>An access key that requests are signed with. It has no text of its own, so that none shows it.</summary>
/// <param name="id">The public part.</param>
/// <param name="secret">The secret part.</param>
/// <param name="token">The token that a temporary key comes with; null for a permanent key.</param>
internal sealed class SigningKey(string id, string secret, string? token)
{
    /// <summary>The public part.</summary>
    public string Id => id;

    /// <summary>The secret part.</summary>
    public string Secret => secret;

    /// <summary>The token that a temporary key comes with; null for a permanent key.</summary>
    public string? Token => token;
}
