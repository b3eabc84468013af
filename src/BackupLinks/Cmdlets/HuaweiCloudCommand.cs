using System;
using System.Management.Automation;
using BackupLinks.Completion;
using BackupLinks.Credentials;
using BackupLinks.Http;
using BackupLinks.HuaweiCloud;
using BackupLinks.HuaweiCloud.Regions;
using BackupLinks.Secrets;

namespace BackupLinks.Cmdlets;

/// <summary>What every command for Huawei Cloud has in common: the region, the project, and IAM.</summary>
/// <typeparam name="TLink">The kind of link.</typeparam>
public abstract class HuaweiCloudCommand<TLink> : LinkCommand<TLink>
    where TLink : HuaweiCloudLink
{
    private protected HuaweiCloudCommand()
    {
    }

    /// <summary>The region, such as cn-north-4, or a sub-project of one.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string? Region { get; set; }

    /// <summary>The project; looked up by the region's name when not given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ProjectId { get; set; }

    /// <summary>The base address of IAM.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? IamEndpoint { get; set; }

    private protected abstract HuaweiService Service { get; }

    private protected sealed override CredentialConvention Convention => HuaweiCredential.Convention;

    /// <summary>Makes the client of the service.</summary>
    private protected abstract void Connect(HuaweiConnection connection);

    private protected sealed override void Connect(FoundCredential credential, CommandPipeline pipeline)
    {
        var parameters = new HuaweiTargetParameters(Region, ProjectId, Endpoint, IamEndpoint);
        // The secret first: where to ask may be a part of it.
        var key = HuaweiCredential.From(credential.Fields);
        var target = HuaweiTarget.Resolve(Service, parameters, credential.Fields, Environment.GetEnvironmentVariable);
        Connect(new HuaweiConnection(target, key, credential.Secret, pipeline));
    }
}
