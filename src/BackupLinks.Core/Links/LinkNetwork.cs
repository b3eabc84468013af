namespace BackupLinks.Links;

/// <summary>Which of the addresses of a backup a link has.</summary>
public enum LinkNetwork
{
    /// <summary>The address on the internet.</summary>
    Public,

    /// <summary>The address inside the provider's network, which may be plain http.</summary>
    Intranet,
}
