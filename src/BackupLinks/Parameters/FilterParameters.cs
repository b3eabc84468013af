using System;
using BackupLinks.Discovery;
using BackupLinks.Errors;

namespace BackupLinks.Parameters;

/// <summary>Makes of a command's parameters what a list is filtered by.</summary>
internal static class FilterParameters
{
    /// <summary>A given time; null for the default value.</summary>
    public static DateTimeOffset? Given(DateTimeOffset time) => time == default ? null : time;

    /// <summary>Refuses times that no backup can be between.</summary>
    /// <exception cref="BackupLinksException"><see cref="ErrorKind.InvalidRequest"/>.</exception>
    public static void RequireOrder(DateTimeOffset since, DateTimeOffset until)
    {
        if (Given(since) > Given(until))
        {
            throw new BackupLinksException(
                ErrorKind.InvalidRequest, $"-Since ({since:u}) is later than -Until ({until:u}); exchange them.");
        }
    }

    /// <summary>The filter of a command that lists backups.</summary>
    /// <exception cref="BackupLinksException"><see cref="ErrorKind.InvalidRequest"/>.</exception>
    public static BackupFilter Backups(
        bool latest, TimeSpan? maximumAge, DateTimeOffset since, DateTimeOffset until, string[] status,
        string[] type, NameFilter? names, string[] engine)
    {
        RequireOrder(since, until);
        if (maximumAge is not null && !latest)
        {
            throw new BackupLinksException(
                ErrorKind.InvalidRequest,
                "-MaximumAge is about the newest backup of each instance; add -Latest, or choose backups by time with "
                    + "-Since.");
        }

        return new BackupFilter
        {
            Latest = latest,
            MaximumAge = maximumAge,
            Since = Given(since),
            Until = Given(until),
            Statuses = status,
            Types = type,
            Names = names,
            Engines = engine,
        };
    }
}
