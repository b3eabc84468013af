using BackupLinks.Discovery;
using BackupLinks.Links;
using BackupLinks.Text;
using BackupLinks.Transfer;

namespace BackupLinks.Parameters;

/// <summary>One item that a provider is asked about.</summary>
/// <param name="Target">The item, for its errors; null for a question about nothing in particular.</param>
/// <param name="Subject">The item as it reads at the start of a sentence: "Backup 'x'".</param>
/// <param name="Ids">Which instance, backup and log it is, for its errors.</param>
internal sealed record RequestItem(object? Target, string Subject, SourceIds Ids)
{
    private static readonly SourceIds Nothing = new(null, null, null);

    /// <summary>A whole list.</summary>
    public static RequestItem List(string subject) => new(null, subject, Nothing);

    /// <summary>An instance, whose backups or logs are listed.</summary>
    public static RequestItem Instance(InstanceReference instance) =>
        new(instance.Id, Capitalized(instance.ToString()), Nothing with { InstanceId = instance.Id, InstanceName = instance.Name });

    /// <summary>A backup.</summary>
    public static RequestItem Backup(string id, string? instanceId, BackupDetails details) => new(
        id, ScreenText.Sentence($"Backup '{id}'") + Of(instanceId, details.InstanceName),
        new SourceIds(instanceId, id, null) { InstanceName = details.InstanceName, BackupTime = details.BackupTime });

    /// <summary>A log.</summary>
    public static RequestItem Log(string id, string instanceId, BackupDetails details) => new(
        id, ScreenText.Sentence($"Log '{id}'") + Of(instanceId, details.InstanceName),
        new SourceIds(instanceId, null, id) { InstanceName = details.InstanceName, BackupTime = details.BackupTime });

    private static string Of(string? instanceId, string? name) => instanceId is null ? "" : $" of {new InstanceReference(instanceId, name)}";

    private static string Capitalized(string text) => char.ToUpperInvariant(text[0]) + text.Substring(1);
}
