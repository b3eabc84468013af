using System;
using System.Management.Automation;
using BackupLinks.Completion;
using BackupLinks.Discovery;
using BackupLinks.HuaweiCloud.Dcs;
using BackupLinks.HuaweiCloud.Regions;
using BackupLinks.Parameters;
using BackupLinks.Providers;

namespace BackupLinks.Cmdlets;

/// <summary>Gets the run logs of DCS (Redis) instances of Huawei Cloud.</summary>
[Cmdlet(VerbsCommon.Get, "DcsLog")]
[OutputType(typeof(DcsLog))]
public sealed class GetDcsLogCommand : HuaweiCloudCommand<DcsLog>
{
    private NameFilter? _names;

    /// <summary>The DCS instances.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [IdTransformation("Dcs", nameof(InstanceId))]
    [ArgumentCompleter(typeof(IdCompleter))]
    public string[] InstanceId { get; set; } = [];

    /// <summary>The name of the instance, for what is made of the logs.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [AllowNull]
    [ArgumentCompleter(typeof(IdCompleter))]
    public string? InstanceName { get; set; }

    /// <summary>The first day.</summary>
    [Parameter]
    public DateTimeOffset Since { get; set; }

    /// <summary>The last day.</summary>
    [Parameter]
    public DateTimeOffset Until { get; set; }

    /// <summary>The names of the log files, with wildcards.</summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(IdCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>Only the newest log that can be downloaded, of each shard and replica of each instance.</summary>
    [Parameter]
    public SwitchParameter Latest { get; set; }

    /// <summary>The states that are wanted.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(VendorWordCompleter))]
    public string[] Status { get; set; } = [];

    private protected override HuaweiService Service => DcsClient.Service;

    private protected override void Prepare()
    {
        FilterParameters.RequireOrder(Since, Until);
        _names = ToNameFilter(Name);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        // The calendar day as it was typed: a log has no time of day.
        var (first, last) = (FilterParameters.Given(Since)?.Date, FilterParameters.Given(Until)?.Date);
        bool IsWanted(DcsLog log) => _names?.IsWanted(log.Name) != false && !(log.Date < first) && !(log.Date > last) && FilterParameters.IsOneOf(log.Status, Status);
        foreach (string id in InstanceId)
        {
            var instance = new InstanceReference(id, InstanceName);
            List(RequestItem.Instance(instance), connection => new DcsCatalog(connection).ListLogs(instance, IsWanted, Latest));
        }
    }
}
