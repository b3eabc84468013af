using System;
using System.Globalization;
using BackupLinks.Time;

namespace BackupLinks.TencentCloud;

/// <summary>The times of Tencent Cloud, which name no zone: they are those of Beijing.</summary>
internal static class TencentTime
{
    private static readonly TimeSpan Zone = TimeSpan.FromHours(8);

    // No backup is older, and a day more at its end is still a time.
    private static readonly DateTime Earliest = new(2010, 1, 1);
    private static readonly DateTime Last = new(2100, 1, 1);

    /// <summary>Reads a time; null for none, such as <c>0000-00-00 00:00:00</c> of a backup in progress.</summary>
    public static DateTimeOffset? Parse(string? text) => WireTime.Parse(text, Zone);

    /// <summary>The beginning of a day, or of the first that a backup can be of.</summary>
    public static DateTimeOffset AtBeijing(DateTime day) =>
        new(DateTime.SpecifyKind(day < Earliest ? Earliest : day < Last ? day : Last, DateTimeKind.Unspecified), Zone);

    /// <summary>A time as a parameter.</summary>
    public static string ToText(DateTimeOffset time) =>
        time.ToOffset(Zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
