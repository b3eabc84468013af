namespace BackupLinks.Sandbox;

/// <summary>An access key.</summary>
/// <param name="AccessKey">Its id.</param>
/// <param name="SecretKey">Its secret.</param>
public sealed record SandboxKey(string AccessKey, string SecretKey)
{
    /// <summary>The token that a temporary key must come with; null for a permanent key.</summary>
    public string? SecurityToken { get; init; }

    /// <summary>False for a key without permissions.</summary>
    public bool MayRead { get; init; } = true;
}
