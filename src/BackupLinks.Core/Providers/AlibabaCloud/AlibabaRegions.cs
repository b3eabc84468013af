using System.Collections.Generic;

namespace BackupLinks.AlibabaCloud;

/// <summary>The regions of Alibaba Cloud that its database services are in.</summary>
internal static class AlibabaRegions
{
    /// <summary>All of them.</summary>
    public static readonly string[] All =
    [
        "cn-hangzhou", "cn-shanghai", "cn-beijing", "cn-shenzhen", "cn-qingdao", "cn-zhangjiakou", "cn-huhehaote",
        "cn-wulanchabu", "cn-heyuan", "cn-guangzhou", "cn-chengdu", "cn-nanjing", "cn-fuzhou", "cn-wuhan-lr",
        "cn-zhengzhou-jva", "cn-zhongwei", "cn-hongkong", "ap-southeast-1", "ap-southeast-2", "ap-southeast-3",
        "ap-southeast-5", "ap-southeast-6", "ap-southeast-7", "ap-southeast-8", "ap-northeast-1", "ap-northeast-2",
        "ap-south-1", "us-east-1", "us-southeast-1", "us-west-1", "na-south-1", "eu-central-1", "eu-west-1",
        "me-east-1", "me-central-1", "cn-hangzhou-finance", "cn-shanghai-finance-1", "cn-shenzhen-finance-1",
        "cn-beijing-finance-1", "cn-north-2-gov-1", "cn-beijing-gov-1",
    ];

    /// <summary>
    /// The ends of the names of the object store's public hosts, one for each region, also for one that is not in the
    /// list, and one without; and of the hosts that RDS has for backups.
    /// </summary>
    public static readonly IReadOnlyList<string> StoreHosts =
        [".oss-*.aliyuncs.com", ".oss.aliyuncs.com", ".bak.rds.aliyuncs.com"];
}
