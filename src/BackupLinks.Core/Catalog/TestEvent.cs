using System;
using System.Text.Json;

namespace BackupLinks.Catalog;

/// <summary>A file was tested.</summary>
internal sealed record TestEvent : CatalogEvent
{
    /// <summary>The word of the line.</summary>
    public const string Tested = "tested";

    /// <summary>The result: a word of <see cref="Formats.BackupFileState"/>.</summary>
    public required string TestState { get; init; }

    /// <summary>The problem, in one sentence; null for none.</summary>
    public string? Problem { get; init; }

    /// <summary>When the test ended.</summary>
    public required DateTimeOffset TestedAt { get; init; }

    /// <summary>True when the file no longer has the content that it was saved with.</summary>
    public bool IsChanged { get; init; }

    private protected override string Name => Tested;

    private protected override void WriteFields(Utf8JsonWriter json)
    {
        Write(json, "testState", TestState);
        Write(json, "problem", Problem);
        Write(json, "testedAt", TestedAt);
        if (IsChanged)
            json.WriteBoolean("changed", true);
    }
}
