using BackupLinks.AlibabaCloud;
using BackupLinks.CapitalOnline;
using BackupLinks.HuaweiCloud;
using BackupLinks.Providers;
using BackupLinks.TencentCloud;

namespace BackupLinks;

/// <summary>The clouds of this module. Another cloud is added here, and nowhere else.</summary>
internal static class Clouds
{
    /// <summary>The clouds, with their services and kinds of link.</summary>
    public static ProviderRegistry Registry { get; } = new(
        HuaweiCloudProvider.Instance, CapitalOnlineProvider.Instance, AlibabaCloudProvider.Instance,
        TencentCloudProvider.Instance);
}
