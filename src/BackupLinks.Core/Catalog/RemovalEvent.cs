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

    /// <summary>The word of a line after the first: the file stays.</summary>
    public const string Withdrawn = "kept";

    /// <summary>One of these words.</summary>
    public required string Word { get; init; }

    /// <summary>When that was.</summary>
    public required DateTimeOffset Time { get; init; }

    private protected override string Name => Word;

    private protected override void WriteFields(Utf8JsonWriter json) => Write(json, "at", Time);
}
