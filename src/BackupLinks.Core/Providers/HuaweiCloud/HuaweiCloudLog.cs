using BackupLinks.Discovery;

namespace BackupLinks.HuaweiCloud;

/// <summary>A log that a service of Huawei Cloud lists.</summary>
public abstract class HuaweiCloudLog : CloudLog
{
    private protected HuaweiCloudLog(HuaweiScope scope)
    {
        Region = scope.Region;
        ProjectId = scope.ProjectId;
    }

    /// <summary>The region, or sub-project, of the request; null when only an endpoint was given.</summary>
    public string? Region { get; }

    /// <summary>The project that it belongs to.</summary>
    public string ProjectId { get; }
}
