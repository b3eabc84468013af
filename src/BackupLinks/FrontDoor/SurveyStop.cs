using System.Collections.Generic;
using BackupLinks.Errors;
using BackupLinks.Providers;

namespace BackupLinks.FrontDoor;

/// <summary>One list of instances: those of a service in a region; or the error that is in its place.</summary>
/// <param name="Item">The list, for errors.</param>
internal sealed record SurveyStop(RequestItem Item)
{
    /// <summary>The service; null for an error.</summary>
    public BackupService? Service { get; init; }

    /// <summary>The session; null for an error.</summary>
    public ServiceSession? Session { get; init; }

    /// <summary>The error; null for a list.</summary>
    public BackupLinksException? Error { get; init; }

    /// <summary>The regions that are wanted of a list of all regions; none for all.</summary>
    public IReadOnlyList<string> Regions { get; init; } = [];
}
