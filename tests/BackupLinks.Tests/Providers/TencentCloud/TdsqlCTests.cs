using System.Linq;
using System.Threading.Tasks;
using BackupLinks.Catalog;
using BackupLinks.TencentCloud.TdsqlC;
using BackupLinks.Tests.Conformance;

namespace BackupLinks.Tests.Providers.TencentCloud;

/// <summary>TDSQL-C of Tencent Cloud. The rest is true of every service.</summary>
public sealed class TdsqlCTests(ConformanceSandbox sandbox) : ConformanceTest(sandbox)
{
    [Fact]
    public async Task Backups_are_full_or_incremental_and_their_ids_are_numbers_on_the_wire()
    {
        var request = RequestCase.Find("TencentCloud.TdsqlC backups");
        using var cloud = Connect(request);

        var backups = (await cloud.ReadAsync(request)).AssertGood<TdsqlCBackup>();
        Assert.Equal(
            [("full", "auto", "snapshot", true), ("increment", "auto", "snapshot", true),
            ("full", "manual", "snapshot", false)],
            backups.Select(backup => (backup.Type!, backup.Mode!, backup.Method!, backup.IsDownloadable)));
        Assert.Equal(
            [BackupKind.Full, BackupKind.Incremental],
            new[] { "full", "increment" }.Select(TdsqlCService.Instance.KindOf));

        var links = RequestCase.Find("TencentCloud.TdsqlC BackupLink");
        var link = Assert.Single((await cloud.ReadAsync(links)).AssertGood<TdsqlCBackupLink>());
        Assert.Equal("""{"ClusterId":"cynosdbmysql-on5xw0ni","BackupId":202401}""", cloud.Network.Requests[^1].Body);
        // The signature covers the host.
        Assert.Contains("q-header-list=host&", link.Uri.OriginalString);
    }

    [Fact]
    public async Task Encrypted_backup_has_the_id_of_its_key()
    {
        var (backups, _) = await SendAsync(RequestCase.Find("TencentCloud.TdsqlC backups"), """
            {"Response":{"TotalCount":2,"BackupList":[
            {"BackupId":1,"BackupStatus":"success","EncryptKeyId":"key-1"},
            {"BackupId":2,"BackupStatus":"success","EncryptKeyId":""}]}}
            """);

        Assert.Equal(
            [(true, "key-1"), (false, null)],
            backups.AssertGood<TdsqlCBackup>().Select(backup => (backup.IsEncrypted, backup.EncryptionKeyId)));
    }

    [Fact]
    public async Task Cluster_is_typed()
    {
        var request = RequestCase.Find("TencentCloud.TdsqlC instance");
        using var cloud = Connect(request);

        var cluster = Assert.Single((await cloud.ReadAsync(request)).AssertGood<TdsqlCInstance>());

        Assert.Equal(
            ("prod-feed", "MySQL", "8.0", "running", "NORMAL"),
            (cluster.Name, cluster.Engine, cluster.EngineVersion, cluster.Status, cluster.Type));
    }
}
