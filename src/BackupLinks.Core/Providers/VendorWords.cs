using System;
using System.Collections.Generic;

namespace BackupLinks.Providers;

/// <summary>The words that a vendor's page lists for a state, a kind or an engine. The lists are not closed.</summary>
internal sealed record VendorWords
{
    /// <summary>A page that lists no words.</summary>
    public static readonly VendorWords None = new();

    /// <summary>The states; null when the page lists none.</summary>
    public IReadOnlyList<string>? Status { get; init; }

    /// <summary>The kinds; null when the page lists none.</summary>
    public IReadOnlyList<string>? Type { get; init; }

    /// <summary>
    /// Those of the kinds that need an earlier backup for a restore: incremental and differential ones.
    /// </summary>
    public IReadOnlyList<string> IncrementalTypes { get; init; } = [];

    /// <summary>The engines; null when the page lists none.</summary>
    public IReadOnlyList<string>? Engine { get; init; }

    /// <summary>True for a word, in upper or lower case.</summary>
    public static bool Same(string? text, string word) => string.Equals(text, word, StringComparison.OrdinalIgnoreCase);

    /// <summary>The words for the parameter of a command; null for one that takes no such words.</summary>
    /// <param name="parameter">The name of the parameter.</param>
    public IReadOnlyList<string>? Find(string parameter) => parameter switch
    {
        nameof(Status) => Status,
        nameof(Type) => Type,
        nameof(Engine) => Engine,
        _ => null,
    };
}
