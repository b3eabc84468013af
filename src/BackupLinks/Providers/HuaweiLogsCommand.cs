using System.Management.Automation;
using BackupLinks.Completion;
using BackupLinks.HuaweiCloud;
using BackupLinks.Providers;

namespace BackupLinks.Cmdlets;

/// <summary>A command for logs of Huawei Cloud: it has a region, a project, and IAM.</summary>
public abstract class HuaweiLogsCommand : LogsCommand
{
    private protected HuaweiLogsCommand()
    {
    }

    /// <summary>The region, such as cn-north-4, or a sub-project of one.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [AllowNull]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string? Region { get; set; }

    /// <summary>The project; looked up by the region's name when not given.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [AllowNull]
    [ArgumentCompleter(typeof(IdCompleter))]
    public string? ProjectId { get; set; }

    /// <summary>The base address of IAM.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? IamEndpoint { get; set; }

    private protected sealed override (string? Region, string? ProjectId) Scope => (Region, ProjectId);

    private protected sealed override void AddSettings(SessionSettings settings) =>
        settings[HuaweiCloudProvider.IamEndpoint] = IamEndpoint;
}
