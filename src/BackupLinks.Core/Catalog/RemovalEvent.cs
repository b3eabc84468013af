using System;
using System.Text.Json;

namespace BackupLinks.Catalog;

/// <summary>
/// A file is about to be removed, or was. Between the two lines, the catalog does not say whether it is still there.
/// </summary>
internal sealed record RemovalEvent : CatalogEvent
{
    /// <summary>The word of the first line.</summary>
    public const string Begun = "removing";

    /// <summary>The word of the second line.</summary>
    public const string Done = "removed";

    /// <summary>False before the file is removed, true after.</summary>
    public required bool IsDone { get; init; }

    /// <summary>When that was.</summary>
    public required DateTimeOffset Time { get; init; }

    private protected override string Name => IsDone ? Done : Begun;

    private protected override void WriteFields(Utf8JsonWriter json) => Write(json, "at", Time);
}
