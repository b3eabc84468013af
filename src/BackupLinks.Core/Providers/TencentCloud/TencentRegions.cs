using System.Collections.Generic;

namespace BackupLinks.TencentCloud;

/// <summary>The regions of Tencent Cloud that its database services are in.</summary>
internal static class TencentRegions
{
    /// <summary>The financial zones, which only hosts of their own reach.</summary>
    public static readonly string[] Financial = ["ap-shanghai-fsi", "ap-shenzhen-fsi", "ap-beijing-fsi"];

    /// <summary>All of them.</summary>
    public static readonly string[] All =
    [
        "ap-guangzhou", "ap-shanghai", "ap-nanjing", "ap-beijing", "ap-chengdu", "ap-chongqing", "ap-hongkong",
        "ap-taipei", "ap-singapore", "ap-jakarta", "ap-bangkok", "ap-mumbai", "ap-seoul", "ap-tokyo",
        "na-siliconvalley", "na-ashburn", "na-toronto", "sa-saopaulo", "eu-frankfurt", "eu-moscow", .. Financial,
    ];

    /// <summary>The ends of the names of the object stores' hosts, in both domains that the stores have.</summary>
    public static readonly IReadOnlyList<string> StoreHosts = [".myqcloud.com", ".tencentcos.cn"];
}
