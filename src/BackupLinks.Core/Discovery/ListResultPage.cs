using System.Collections.Generic;
using BackupLinks.Errors;
using BackupLinks.Http;

namespace BackupLinks.Discovery;

/// <summary>What came of one page of a list.</summary>
internal sealed record ListResultPage<T>(IReadOnlyList<T> Results, IReadOnlyList<BackupLinksException> Problems, bool HasMore, string? Remark = null) : IResultPage<T>;
