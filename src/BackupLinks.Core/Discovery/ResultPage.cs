using System.Collections.Generic;
using BackupLinks.Errors;

namespace BackupLinks.Discovery;

/// <inheritdoc cref="IResultPage{T}"/>
internal sealed record ResultPage<T>(
    IReadOnlyList<T> Results, IReadOnlyList<BackupLinksException> Problems, bool HasMore, string? Remark = null)
    : IResultPage<T>;
