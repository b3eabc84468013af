using BackupLinks.Text;

namespace BackupLinks.Discovery;

/// <summary>An instance whose backups or logs are listed.</summary>
/// <param name="Id">The id.</param>
/// <param name="Name">The name; null when the caller gives the id alone.</param>
internal sealed record InstanceReference(string Id, string? Name)
{
    /// <summary>The database engine, in the provider's word; null when the caller does not know it.</summary>
    public string? Engine { get; init; }

    /// <summary>The instance as it reads in a sentence: <c>instance 'prod-1' (5c59...)</c>.</summary>
    public override string ToString() => string.IsNullOrWhiteSpace(Name) || Name == Id
        ? ScreenText.Sentence($"instance '{Id}'")
        : ScreenText.Sentence($"instance '{Name}' ({Id})");
}
