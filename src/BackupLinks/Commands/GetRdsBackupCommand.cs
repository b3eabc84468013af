using System;
using System.Management.Automation;
using BackupLinks.Completion;
using BackupLinks.Discovery;
using BackupLinks.HuaweiCloud.Rds;
using BackupLinks.HuaweiCloud.Regions;
using BackupLinks.Parameters;
using BackupLinks.Providers;

namespace BackupLinks.Cmdlets;

/// <summary>Gets the backups of RDS instances of Huawei Cloud.</summary>
[Cmdlet(VerbsCommon.Get, "RdsBackup")]
[OutputType(typeof(RdsBackup))]
public sealed class GetRdsBackupCommand : HuaweiCloudCommand<RdsBackup>
{
    private BackupFilter _filter = new();

    /// <summary>The RDS instances.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [IdTransformation("Rds", nameof(InstanceId))]
    [ArgumentCompleter(typeof(IdCompleter))]
    public string[] InstanceId { get; set; } = [];

    /// <summary>The name of the instance, for what is made of the backups.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [AllowNull]
    [ArgumentCompleter(typeof(IdCompleter))]
    public string? InstanceName { get; set; }

    /// <summary>Only the newest backup that can be downloaded, of each instance.</summary>
    [Parameter]
    public SwitchParameter Latest { get; set; }

    /// <summary>The most age of the newest backup.</summary>
    [Parameter]
    [Age]
    public TimeSpan? MaximumAge { get; set; }

    /// <summary>The earliest time of a backup.</summary>
    [Parameter]
    public DateTimeOffset Since { get; set; }

    /// <summary>The latest time of a backup.</summary>
    [Parameter]
    public DateTimeOffset Until { get; set; }

    /// <summary>The kinds of backup that are wanted.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VendorWordCompleter))]
    public string[] Type { get; set; } = [];

    /// <summary>The states that are wanted.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VendorWordCompleter))]
    public string[] Status { get; set; } = [];

    /// <summary>The names of the backups, with wildcards.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>The engines that are wanted.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VendorWordCompleter))]
    public string[] Engine { get; set; } = [];

    private protected override HuaweiService Service => RdsClient.Service;

    private protected override void Prepare() => _filter = FilterParameters.Backups(Latest, MaximumAge, Since, Until, Status, Type, ToNameFilter(Name), Engine);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string id in InstanceId)
        {
            var instance = new InstanceReference(id, InstanceName);
            List(RequestItem.Instance(instance), connection => new RdsCatalog(connection).ListBackups(instance, _filter));
        }
    }
}
