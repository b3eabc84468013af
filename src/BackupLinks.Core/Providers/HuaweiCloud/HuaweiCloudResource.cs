namespace BackupLinks.HuaweiCloud;

/// <summary>Something that a service of Huawei Cloud lists.</summary>
public abstract class HuaweiCloudResource
{
    private protected HuaweiCloudResource(HuaweiScope place)
    {
        Region = place.Region;
        ProjectId = place.ProjectId;
    }

    /// <summary>The region, or sub-project, of the request; null when only an endpoint was given.</summary>
    public string? Region { get; }

    /// <summary>The project that it belongs to.</summary>
    public string ProjectId { get; }
}
