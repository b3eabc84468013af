namespace BackupLinks.Formats;

/// <summary>How deep a test goes.</summary>
public enum BackupTestDepth
{
    /// <summary>The outermost format only.</summary>
    Container,

    /// <summary>Also what containers have in them.</summary>
    Contents,
}
