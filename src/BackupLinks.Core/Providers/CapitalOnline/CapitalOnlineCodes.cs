namespace BackupLinks.CapitalOnline;

/// <summary>The codes of Capital Online's responses that are not errors.</summary>
internal static class CapitalOnlineCodes
{
    /// <summary>The request was successful.</summary>
    public const string Success = "Success";
}
