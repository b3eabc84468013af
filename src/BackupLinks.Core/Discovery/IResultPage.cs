using System.Collections.Generic;
using BackupLinks.Errors;

namespace BackupLinks.Discovery;

/// <summary>What a provider says about one item that it was asked about, or one page of it.</summary>
/// <typeparam name="T">The kind of result.</typeparam>
internal interface IResultPage<out T>
{
    /// <summary>The results.</summary>
    IReadOnlyList<T> Results { get; }

    /// <summary>What was wrong with entries that could not become one.</summary>
    IReadOnlyList<BackupLinksException> Problems { get; }

    /// <summary>True when asking again may give more results.</summary>
    bool HasMore { get; }

    /// <summary>What is odd about the item, as the end of a sentence that begins with it; null for nothing.</summary>
    string? Remark { get; }
}
