using BackupLinks.Discovery;
using BackupLinks.Links;
using BackupLinks.Text;
using BackupLinks.Transfer;

namespace BackupLinks.Providers;

/// <summary>The item of a request, as errors and warnings name it.</summary>
/// <param name="Target">The id, for the errors of the item; null for a whole list.</param>
/// <param name="Subject">The item as it reads at the start of a sentence: "Backup 'x'".</param>
/// <param name="Ids">The instance, backup and log.</param>
internal sealed record RequestItem(object? Target, string Subject, SourceIds Ids)
{
    /// <summary>The key of the cloud, where an error of the cloud is worth one record only; null elsewhere.</summary>
    public string? Cloud { get; init; }

    /// <summary>
    /// The place of a whole list, such as "HuaweiCloud in cn-north-4": when it does not respond, all of its lists fail
    /// for one reason. Null elsewhere.
    /// </summary>
    public string? Place { get; init; }

    /// <summary>What the command keeps with the request; null for nothing.</summary>
    public object? Context { get; init; }

    private static readonly SourceIds Nothing = new(null, null, null);

    /// <summary>The instances of a service: a whole list, or one of them.</summary>
    /// <param name="what">The kind of instance: "RDS instances".</param>
    /// <param name="instanceId">The one; null for all.</param>
    public static RequestItem Instances(string what, string? instanceId) => instanceId is null
        ? new(null, "The list of " + what, Nothing)
        : Instance(new InstanceReference(instanceId, null));

    /// <summary>An instance, whose backups or logs are listed.</summary>
    public static RequestItem Instance(InstanceReference instance) =>
        new(
            instance.Id, Capitalize(instance.ToString()),
            Nothing with { InstanceId = instance.Id, InstanceName = instance.Name });

    /// <summary>A backup.</summary>
    public static RequestItem Backup(string id, string? instanceId, BackupDetails details) => new(
        id, ScreenText.Sentence($"Backup '{id}'") + Of(instanceId, details.InstanceName),
        new SourceIds(instanceId, id, null) { InstanceName = details.InstanceName, BackupTime = details.BackupTime });

    /// <summary>A log.</summary>
    public static RequestItem Log(string id, string instanceId, BackupDetails details) => new(
        id, ScreenText.Sentence($"Log '{id}'") + Of(instanceId, details.InstanceName),
        new SourceIds(instanceId, null, id) { InstanceName = details.InstanceName, BackupTime = details.BackupTime });

    private static string Of(string? instanceId, string? name) =>
        instanceId is null ? "" : $" of {new InstanceReference(instanceId, name)}";

    private static string Capitalize(string text) => char.ToUpperInvariant(text[0]) + text.Substring(1);
}
