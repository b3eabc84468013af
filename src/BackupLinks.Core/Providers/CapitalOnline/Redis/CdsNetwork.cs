namespace BackupLinks.CapitalOnline.Redis;

/// <summary>Which of a backup's two addresses to use.</summary>
public enum CdsNetwork
{
    /// <summary>The address on the internet.</summary>
    Public,

    /// <summary>The address inside the provider's network, which may be plain http.</summary>
    Intranet,
}
