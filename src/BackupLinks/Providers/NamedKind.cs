using System;
using System.Linq;
using System.Management.Automation;

namespace BackupLinks.Providers;

/// <summary>
/// An object that a command of this module wrote, also before it went through CliXml, and the command that takes it.
/// For the message about one that was piped into another command.
/// </summary>
/// <param name="Name">The name of its type, as people see it: DcsInstance.</param>
/// <param name="Service">The service that it is of: Dcs; null for a file.</param>
/// <param name="Advice">The advice, as the end of a sentence.</param>
internal sealed record NamedKind(string Name, string? Service, string Advice)
{
    private const string Root = "BackupLinks.";

    private static readonly NamedKind[] All =
    [
        new("DcsInstance", "Dcs", "use Get-DcsBackup for its backups, or Get-DcsLog for its logs"),
        new("DcsBackup", "Dcs", "use Get-DcsBackupLink for its links"),
        new("DcsLog", "Dcs", "use Get-DcsLogLink for its link"),
        new("DcsBackupLink", "Dcs", Save),
        new("DcsLogLink", "Dcs", Save),
        new("RdsInstance", "Rds", "use Get-RdsBackup for its backups"),
        new("RdsBackup", "Rds", "use Get-RdsBackupFile for its files"),
        new("RdsBackupFile", "Rds", Save),
        new("DdsBackupFile", "Dds", Save),
        new("CdsInstance", "Cds", "use Get-CdsBackup for its backups"),
        new("CdsBackup", "Cds", "use Get-CdsBackupDownload for its address"),
        new("CdsBackupDownload", "Cds", Save),
        new("SavedBackupFile", null, "the file is saved already, at its Path"),
    ];

    private const string Save = "use Save-BackupFile to save it";

    /// <summary>The kind of an object; null for one that no command of this module wrote.</summary>
    public static NamedKind? Of(PSObject item) => item.TypeNames
        .Select(name => name.StartsWith(LinkKind.DeserializedPrefix, StringComparison.Ordinal)
            ? name.Substring(LinkKind.DeserializedPrefix.Length)
            : name)
        .Where(name => name.StartsWith(Root, StringComparison.Ordinal))
        .Select(name => Array.Find(All, kind => name.EndsWith("." + kind.Name, StringComparison.Ordinal)))
        .FirstOrDefault(kind => kind is not null);

    /// <summary>
    /// The sentence about an object that a command does not take: "this is a DcsInstance; use Get-DcsBackup ...".
    /// </summary>
    public override string ToString() => $"this is a {Name}; {Advice}";
}
