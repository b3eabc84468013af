using System.Collections.Generic;
using BackupLinks.Errors;

namespace BackupLinks.Discovery;

/// <summary>The response of a provider about one item, or one page of it.</summary>
/// <typeparam name="T">The kind of result.</typeparam>
internal interface IResultPage<out T>
{
    /// <summary>The results.</summary>
    IReadOnlyList<T> Results { get; }

    /// <summary>The errors of entries that are not usable.</summary>
    IReadOnlyList<BackupLinksException> Problems { get; }

    /// <summary>True when there may be another page.</summary>
    bool HasMore { get; }

    /// <summary>A remark about the item, as the end of a sentence that begins with it; null for none.</summary>
    string? Remark { get; }
}
