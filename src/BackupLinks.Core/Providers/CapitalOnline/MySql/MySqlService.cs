using BackupLinks.Discovery;
using BackupLinks.Links;
using BackupLinks.Providers;

namespace BackupLinks.CapitalOnline.MySql;

/// <summary>MySQL of Capital Online.</summary>
internal sealed class MySqlService : CapitalOnlineDatabaseService
{
    /// <summary>The service.</summary>
    public static readonly MySqlService Instance = new();

    private MySqlService()
        : base("MySQL", typeof(MySqlBackupDownload))
    {
    }

    public override string Name => "MySql";

    public override VendorWords BackupWords { get; } =
        new() { Status = ["finished"], Type = ["auto", "manual", "physical-backup", "logical-backup"] };

    public override LinkIds SampleIds { get; } =
        new("0b7c1c6e-8d1f-4a55-9f0e-3f4c6d2b7a10", "f2a4c8d0-5b31-4e8e-a6c7-91d0e3b5f2c4");

    internal override IInstance ToInstance(CapitalOnlineInstanceData data) => new MySqlInstance(data);

    internal override IBackup ToBackup(CapitalOnlineBackupData data, InstanceReference instance) =>
        new MySqlBackup(data, instance);

    internal override DownloadLink ToLink(
        LinkFields file, LinkOrigin origin, CapitalOnlineDownloadRequest request,
        CapitalOnlineDownloadResponse response) =>
        new MySqlBackupDownload(file, origin, request, response);
}
