using System;
using System.Collections.Generic;
using System.Globalization;
using BackupLinks.Discovery;

namespace BackupLinks.AlibabaCloud;

/// <summary>An action that lists files of logs, with their addresses.</summary>
/// <param name="Name">Its name: <c>DescribeBinlogFiles</c>.</param>
/// <param name="Word">The first part of the ids of its logs: <c>binlog</c>.</param>
/// <param name="Kind">The kind of its logs.</param>
internal sealed record AlibabaLogAction(string Name, string Word, LogKind Kind)
{
    /// <summary>Times to the second.</summary>
    public const string Seconds = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    /// <summary>Times to the minute.</summary>
    public const string Minutes = "yyyy-MM-dd'T'HH:mm'Z'";

    /// <summary>Times to the millisecond.</summary>
    public const string Milliseconds = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>The engines that it is for; none for all of the service.</summary>
    public IReadOnlyList<string> Engines { get; init; } = [];

    /// <summary>The form of the times that bound the list; null for a list without bounds.</summary>
    public string? TimeFormat { get; init; }

    /// <summary>A time as the action takes it.</summary>
    public string ToText(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);
}
