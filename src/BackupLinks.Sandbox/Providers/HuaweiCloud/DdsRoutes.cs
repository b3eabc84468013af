using System.Globalization;
using System.Linq;
using BackupLinks.Sandbox.Verification;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace BackupLinks.Sandbox.HuaweiCloud;

/// <summary>Huawei Cloud DDS: links to backup files.</summary>
internal static class DdsRoutes
{
    /// <summary>A DDS instance, a cluster.</summary>
    public const string InstanceId = "befb1cfe1f96403780396b0c54f85d11in02";

    /// <summary>Its backup: one file a shard, and one of the config servers.</summary>
    public const string BackupId = "bd062e1af2d248b3bb4cd3dbb4183888br02";

    private const int BytesPerKilobyte = 1024;
    private const int LinkMinutes = 15;

    private static readonly (string GroupId, string GroupName, SandboxObject Object)[] Files =
    [
        File("5b8e1f0c2d734c1f9a6e7d30b1c2a4f6gr02", "shard_1", 1_500_001),
        File("6c9f201d3e845d20ab7f8e41c2d3b507gr02", "shard_2", 1_048_576),
        File("7da0312e4f956e31bc809f52d3e4c618gr02", "config", 20_480),
    ];

    public static void MapDds(this WebApplication app, SandboxServer server)
    {
        foreach (var file in Files)
            server.Cloud.Put(file.Object);
        app.MapGet(
            "/v3/{project}/backups/download-file",
            (HttpContext context, string project, string? instance_id, string? backup_id) =>
                ListFiles(context, server, project, instance_id, backup_id));
    }

    private static IResult ListFiles(
        HttpContext context, SandboxServer server, string project, string? instanceId, string? backupId)
    {
        if (HuaweiGate.Admit(context, server, project, "DBS.280032", "DBS.280015") is { } refusal)
            return refusal;
        if (string.IsNullOrEmpty(instanceId) || string.IsNullOrEmpty(backupId))
            return Error(400, "DBS.200001", "Parameter error.");
        if (instanceId != InstanceId)
            return Error(404, "DBS.200002", "The DB instance does not exist.");
        if (backupId != BackupId)
            return Error(400, "DBS.201214", "The backup file does not exist.");

        var expires = server.Clock.UtcNow.AddMinutes(LinkMinutes);
        return Results.Json(new
        {
            files = Files.Select(file => new
            {
                name = file.Object.Key,
                size = (file.Object.Length + BytesPerKilobyte - 1) / BytesPerKilobyte,
                download_link = PresignedLink.Create(server.Address, file.Object, expires, "AccessKeyId"),
                link_expired_time = expires.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture)
                    + "+0000",
                group_id = file.GroupId,
                group_name = file.GroupName,
            }),
            bucket = Files[0].Object.Bucket,
        });
    }

    private static (string GroupId, string GroupName, SandboxObject Object) File(
        string groupId, string groupName, int length) =>
        (groupId, groupName, new("ddsbucket.cn.north.4", $"{BackupId}_{groupName}.tar.gz", length));

    private static IResult Error(int status, string code, string message) =>
        Results.Json(new { error_code = code, error_msg = message }, statusCode: status);
}
