namespace BackupLinks.HuaweiCloud.Dcs;

/// <summary>The versions of the DCS API that return backup links.</summary>
internal static class DcsApiVersion
{
    /// <summary>The current one, in all regions.</summary>
    public const string V2 = "v2";

    /// <summary>The older one; documented for cn-north-4 only.</summary>
    public const string V1 = "v1.0";
}
