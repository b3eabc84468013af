using System;
using System.Collections.Generic;
using System.Linq;
using BackupLinks.Discovery;
using BackupLinks.Http;

namespace BackupLinks.TencentCloud;

/// <summary>The id of a log: its kind and its name, because the API has no id that is of all kinds.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Name">The name of the file, or the provider's id.</param>
internal readonly record struct TencentLogId(LogKind Kind, string Name)
{
    /// <summary>Reads an id. One that begins with no kind is a name of the first kind.</summary>
    /// <param name="text">The id.</param>
    /// <param name="kinds">The kinds that the service has.</param>
    /// <exception cref="Errors.ApiException"><see cref="Errors.ErrorKind.InvalidRequest"/>.</exception>
    public static TencentLogId Parse(string text, IReadOnlyList<LogKind> kinds)
    {
        ServiceEndpoint.RequireId(text, "log id");
        foreach (var kind in kinds.Where(kind => text.StartsWith(Prefix(kind), StringComparison.OrdinalIgnoreCase)))
            return new TencentLogId(kind, text.Substring(Prefix(kind).Length));
        return new TencentLogId(kinds[0], text);
    }

    /// <summary>The id as text: <c>binlog/mysql-bin.000123</c>.</summary>
    public override string ToString() => Prefix(Kind) + Name;

    private static string Prefix(LogKind kind) => kind.ToString().ToLowerInvariant() + "/";
}
