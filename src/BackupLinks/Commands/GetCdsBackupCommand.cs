using System.Management.Automation;
using BackupLinks.CapitalOnline.Redis;
using BackupLinks.Completion;
using BackupLinks.Parameters;
using BackupLinks.Providers;

namespace BackupLinks.Cmdlets;

/// <summary>Gets the backups of Redis instances of Capital Online.</summary>
[Cmdlet(VerbsCommon.Get, "CdsBackup")]
[OutputType(typeof(CdsBackup))]
public sealed class GetCdsBackupCommand : BackupsCommand
{
    /// <summary>The Redis instances.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [Alias("InstanceUuid")]
    [IdTransformation("CapitalOnline.Redis", nameof(InstanceId))]
    [ArgumentCompleter(typeof(IdCompleter))]
    public override string[] InstanceId { get; set; } = [];

    private protected override BackupService Service => CdsRedisService.Instance;
}
