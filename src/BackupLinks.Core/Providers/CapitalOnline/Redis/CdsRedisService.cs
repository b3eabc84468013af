using System.Collections.Generic;
using BackupLinks.Discovery;
using BackupLinks.Links;
using BackupLinks.Providers;

namespace BackupLinks.CapitalOnline.Redis;

/// <summary>Redis of Capital Online.</summary>
internal sealed class CdsRedisService : CapitalOnlineDatabaseService
{
    /// <summary>The service.</summary>
    public static readonly CdsRedisService Instance = new();

    private CdsRedisService()
        : base("Redis", typeof(CdsBackupDownload), nameof(CdsBackupDownload))
    {
    }

    public override IReadOnlyList<string> OtherNames { get; } = ["Cds"];

    public override VendorWords BackupWords { get; } =
        new() { Status = ["finished"], Type = ["auto", "manual", "full-backup"] };

    public override LinkIds SampleIds { get; } = new(
        "5ac7c945-ae47-4bbf-82e6-2823d64b57c5", "77a3a1e6-2f0f-4a35-9f53-0a4b7ce9f1d2");

    internal override IInstance ToInstance(CapitalOnlineInstanceData data) => new CdsInstance(data);

    internal override IBackup ToBackup(CapitalOnlineBackupData data, InstanceReference instance) =>
        new CdsBackup(data, instance);

    internal override DownloadLink ToLink(
        LinkFields file, LinkOrigin origin, CapitalOnlineDownloadRequest request,
        CapitalOnlineDownloadResponse response) =>
        new CdsBackupDownload(file, origin, request, response);
}
