using System.Collections.Generic;
using System.Linq;
using BackupLinks.Discovery;
using BackupLinks.Links;

namespace BackupLinks.AlibabaCloud;

/// <summary>A file of a backup.</summary>
/// <param name="Backup">The backup.</param>
/// <param name="Address">The address on the internet; null for none.</param>
/// <param name="IntranetAddress">The address inside the provider's network; null for none.</param>
/// <param name="Database">The database in it; null for all.</param>
internal sealed record AlibabaFile(AlibabaBackupItem Backup, string? Address, string? IntranetAddress, string? Database)
{
    /// <summary>True for a file that can be downloaded.</summary>
    public bool HasAddress => PresignedUri.TryParse(Address, out _) || PresignedUri.TryParse(IntranetAddress, out _);

    /// <summary>The node whose backup it is; null for a file of a backup of all nodes.</summary>
    public string? NodeId { get; private init; } = Backup.NodeId;

    /// <summary>The name of the file; null to take that of the address.</summary>
    private string? Name { get; init; }

    /// <summary>The files of a backup: one for each shard or database where the response has such, else one.</summary>
    public static IEnumerable<AlibabaFile> Of(AlibabaBackupItem backup)
    {
        if (backup.Shards is { } shards)
        {
            return shards.Select(
                shard => new AlibabaFile(shard, shard.BackupDownloadURL, shard.BackupIntranetDownloadURL, null)
                {
                    NodeId = null,
                    Name = WireValue.Text(shard.BackupName),
                });
        }

        AlibabaFile[] files =
        [
            .. (backup.DatabaseLinks ?? []).OfType<AlibabaDatabaseLink>().Select(
                link => new AlibabaFile(
                    backup, link.DownloadLink, link.IntranetDownloadLink, WireValue.Text(link.DataBase))),
        ];
        return files.Length > 0
            ? files : [new(backup, backup.BackupDownloadURL, backup.BackupIntranetDownloadURL, null)];
    }

    /// <summary>The entry for a list of links.</summary>
    /// <param name="isIntranet">True for the address inside the provider's network.</param>
    public FileEntry ToEntry(bool isIntranet)
    {
        bool isWhole = Database is null;
        return new FileEntry(
            Name, isIntranet ? IntranetAddress : Address, isWhole ? WireValue.Bytes(Backup.BackupSize) : null)
        {
            IsSizeOfBackup = isWhole,
        };
    }
}
