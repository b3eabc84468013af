namespace BackupLinks.Catalog.Retention;

/// <summary>The periods of the calendar in which a rule keeps the newest backup.</summary>
internal enum RetentionPeriod
{
    /// <summary>No period: each backup counts.</summary>
    None,

    /// <summary>From minute 0 to minute 59.</summary>
    Hour,

    /// <summary>From midnight to midnight.</summary>
    Day,

    /// <summary>From Monday to Sunday: ISO 8601.</summary>
    Week,

    /// <summary>From the first of the month to its end.</summary>
    Month,

    /// <summary>From January to December.</summary>
    Year,
}
