using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using BackupLinks.CapitalOnline.Redis;
using BackupLinks.Discovery;
using BackupLinks.HuaweiCloud.Dcs;
using BackupLinks.HuaweiCloud.Rds;
using BackupLinks.Links;
using BackupLinks.Transfer;

namespace BackupLinks.Providers;

/// <summary>
/// An object that a command of this module wrote, also before it went through CliXml, and the command that takes it.
/// For the message about one that was piped into another command.
/// </summary>
/// <param name="Name">The name of its type, as people see it: DcsInstance, or DdsInstance of Huawei Cloud.</param>
/// <param name="Service">The key of the service that it is of: HuaweiCloud.Dcs; null for a file.</param>
/// <param name="Advice">The advice, as the end of a sentence.</param>
internal sealed record NamedKind(string Name, string? Service, string Advice)
{
    // The first that fits: a command of the object's own service, or the front door.
    private static readonly (Type Type, string Advice)[] Advices =
    [
        (typeof(DcsInstance), "use Get-DcsBackup for its backups, or Get-DcsLog for its logs"),
        (typeof(DcsBackup), "use Get-DcsBackupLink for its links"),
        (typeof(DcsLog), "use Get-DcsLogLink for its link"),
        (typeof(RdsInstance), "use Get-RdsBackup for its backups"),
        (typeof(RdsBackup), "use Get-RdsBackupFile for its files"),
        (typeof(CdsInstance), "use Get-CdsBackup for its backups"),
        (typeof(CdsBackup), "use Get-CdsBackupDownload for its address"),
        (typeof(CloudInstance), "use Get-CloudBackup for its backups"),
        (typeof(CloudBackup), "use Get-BackupLink for its links"),
        (typeof(CloudLog), "use Get-BackupLink for its link"),
        (typeof(DownloadLink), "use Save-BackupFile to save it"),
        (typeof(SavedBackupFile), "the file is saved already, at its Path"),
    ];

    private static readonly Dictionary<string, NamedKind> All = typeof(CloudResource).Assembly.GetTypes()
        .Where(type => !type.IsAbstract && Array.Exists(Advices, row => row.Type.IsAssignableFrom(type)))
        .ToDictionary(type => type.FullName!, Create, StringComparer.Ordinal);

    /// <summary>The kind of an object; null for one that no command of this module wrote.</summary>
    public static NamedKind? Of(PSObject item) => item.TypeNames
        .Select(name => name.StartsWith(LinkKind.DeserializedPrefix, StringComparison.Ordinal)
            ? name.Substring(LinkKind.DeserializedPrefix.Length)
            : name)
        .Select(name => All.TryGetValue(name, out var kind) ? kind : null)
        .FirstOrDefault(kind => kind is not null);

    /// <summary>
    /// The sentence about an object that a command does not take: "this is a DcsInstance; use Get-DcsBackup ...".
    /// </summary>
    public override string ToString() => $"this is a {Name}; {Advice}";

    private static NamedKind Create(Type type)
    {
        var service = Clouds.Registry.FindServiceOfType(type.FullName!);
        var (known, advice) = Array.Find(Advices, row => row.Type.IsAssignableFrom(type));
        // Two clouds may have types of one simple name.
        string owner = known == type || service is null ? "" : $" of {service.Provider.Name}";
        return new NamedKind(type.Name + owner, service?.Key, advice);
    }
}
