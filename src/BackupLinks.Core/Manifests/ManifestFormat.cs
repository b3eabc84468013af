namespace BackupLinks.Manifests;

/// <summary>How a file of links is written.</summary>
public enum ManifestFormat
{
    /// <summary>One JSON object a line, with all that a link says; what <c>Import-BackupLink</c> reads.</summary>
    Jsonl,

    /// <summary>The input file of <c>aria2c --input-file</c>. Source: aria2c(1), "Input File".</summary>
    Aria2,

    /// <summary>A configuration of <c>curl --config</c>. Source: curl(1), <c>-K, --config</c>.</summary>
    Curl,

    /// <summary>A Metalink document. Source: RFC 5854.</summary>
    Metalink,
}
