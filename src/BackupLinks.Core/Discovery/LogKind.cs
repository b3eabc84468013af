namespace BackupLinks.Discovery;

/// <summary>The kinds of log that databases have.</summary>
public enum LogKind
{
    /// <summary>What the server did.</summary>
    Run,

    /// <summary>What went wrong.</summary>
    Error,

    /// <summary>Statements that took long.</summary>
    Slow,

    /// <summary>Who did what.</summary>
    Audit,

    /// <summary>Changes of data, by which a database is restored to a point in time.</summary>
    Binlog,

    /// <summary>Changes of the schema.</summary>
    Ddl,
}
