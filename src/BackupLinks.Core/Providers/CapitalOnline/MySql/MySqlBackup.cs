using BackupLinks.Discovery;

namespace BackupLinks.CapitalOnline.MySql;

/// <summary>
/// A backup of a MySQL instance of Capital Online. Source: Capital Online OpenAPI, "DescribeBackups".
/// </summary>
public sealed class MySqlBackup : CapitalOnlineBackup
{
    internal MySqlBackup(CapitalOnlineBackupData data, InstanceReference instance)
        : base(data, instance)
    {
    }
}
