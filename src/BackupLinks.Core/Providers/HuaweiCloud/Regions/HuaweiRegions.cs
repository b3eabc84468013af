using System.Collections.Generic;

namespace BackupLinks.HuaweiCloud.Regions;

/// <summary>
/// The regions of Huawei Cloud, from the vendor's SDK (huaweicloud-sdk-net-v3 3.1.207,
/// <c>RdsRegion.cs</c>). Other clouds on the same API go by endpoint.
/// </summary>
internal static class HuaweiRegions
{
    /// <summary>All regions, in alphabetical order.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        "ae-ad-1",
        "af-north-1",
        "af-south-1",
        "ap-southeast-1",
        "ap-southeast-2",
        "ap-southeast-3",
        "ap-southeast-4",
        "ap-southeast-5",
        "cn-east-2",
        "cn-east-3",
        "cn-east-4",
        "cn-east-5",
        "cn-north-1",
        "cn-north-11",
        "cn-north-12",
        "cn-north-2",
        "cn-north-4",
        "cn-north-9",
        "cn-south-1",
        "cn-south-2",
        "cn-south-4",
        "cn-southwest-2",
        "cn-southwest-3",
        "eu-west-0",
        "eu-west-101",
        "la-north-2",
        "la-south-2",
        "me-east-1",
        "my-kualalumpur-1",
        "na-mexico-1",
        "ru-moscow-1",
        "ru-northwest-2",
        "sa-brazil-1",
        "tr-west-1",
    ];
}
