using System.Management.Automation;
using BackupLinks.Links;
using BackupLinks.Parameters;

namespace BackupLinks.Cmdlets;

/// <summary>The base of commands that return links of backups.</summary>
public abstract class BackupLinksCommand : LinksCommand
{
    private protected BackupLinksCommand()
    {
    }

    /// <summary>The backups.</summary>
    public abstract string[] BackupId { get; set; }

    /// <summary>The size of all files of the backup, as the list states it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [Alias("Size")]
    [ListedSize]
    public long? BackupSize { get; set; }

    private protected sealed override BackupDetails Details => base.Details with { BackupSize = BackupSize };
}
