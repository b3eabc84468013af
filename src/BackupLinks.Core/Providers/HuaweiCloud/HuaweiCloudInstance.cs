using BackupLinks.Discovery;

namespace BackupLinks.HuaweiCloud;

/// <summary>An instance that a service of Huawei Cloud lists.</summary>
public abstract class HuaweiCloudInstance : CloudInstance
{
    private protected HuaweiCloudInstance(HuaweiScope scope)
    {
        Region = scope.Region;
        ProjectId = scope.ProjectId;
    }

    /// <summary>The region, or sub-project, of the request; null when only an endpoint was given.</summary>
    public override string? Region { get; }

    /// <summary>The project that it belongs to.</summary>
    public string ProjectId { get; }
}
