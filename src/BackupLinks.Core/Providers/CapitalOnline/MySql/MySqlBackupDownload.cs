using BackupLinks.Links;

namespace BackupLinks.CapitalOnline.MySql;

/// <summary>A MySQL backup of Capital Online. Source: Capital Online OpenAPI, "DownloadBackup".</summary>
public sealed class MySqlBackupDownload : CapitalOnlineBackupDownload
{
    internal MySqlBackupDownload(
        LinkFields file, LinkOrigin origin, CapitalOnlineDownloadRequest request,
        CapitalOnlineDownloadResponse response)
        : base(file, origin, request, response)
    {
    }
}
