using System.Management.Automation;
using BackupLinks.CapitalOnline.Redis;
using BackupLinks.Completion;
using BackupLinks.Parameters;
using BackupLinks.Providers;

namespace BackupLinks.Cmdlets;

/// <summary>Gets the Redis instances of an account of Capital Online.</summary>
[Cmdlet(VerbsCommon.Get, "CdsInstance")]
[OutputType(typeof(CdsInstance))]
public sealed class GetCdsInstanceCommand : InstancesCommand
{
    /// <summary>The ids of the instances.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [AllowEmptyCollection]
    [Alias("InstanceUuid")]
    [IdTransformation]
    [ArgumentCompleter(typeof(IdCompleter))]
    public override string[] InstanceId { get; set; } = [];

    private protected override BackupService Service => CdsRedisService.Instance;
}
