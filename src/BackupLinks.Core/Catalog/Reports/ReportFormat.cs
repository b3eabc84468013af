namespace BackupLinks.Catalog.Reports;

/// <summary>The formats of a report.</summary>
public enum ReportFormat
{
    /// <summary>A page for people, in one file that loads nothing.</summary>
    Html,

    /// <summary>A document for programs.</summary>
    Json,

    /// <summary>The SHA-256 of each file, as <c>sha256sum -c</c> reads it.</summary>
    Sha256Sums,

    /// <summary>Gauges, as the textfile collector of the Prometheus node exporter reads them.</summary>
    Prometheus,
}
