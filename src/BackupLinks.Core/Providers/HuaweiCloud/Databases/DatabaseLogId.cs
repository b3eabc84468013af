using System.Linq;
using BackupLinks.Discovery;
using BackupLinks.Errors;
using BackupLinks.Http;

namespace BackupLinks.HuaweiCloud.Databases;

/// <summary>
/// The id of a log: the kind, and what tells logs of a kind apart. The services name only some logs by an id; others
/// are the log of an instance, of a node, or a file.
/// </summary>
/// <param name="Kind">The kind, a word below.</param>
/// <param name="Name">The id, the node or the file; null for the log of an instance.</param>
internal readonly record struct DatabaseLogId(string Kind, string? Name = null)
{
    /// <summary>What went wrong.</summary>
    public const string Error = "error";

    /// <summary>Statements that took long.</summary>
    public const string Slow = "slow";

    /// <summary>Who did what.</summary>
    public const string Audit = "audit";

    /// <summary>Extended events of SQL Server.</summary>
    public const string Xel = "xel";

    /// <summary>Changes of the schema.</summary>
    public const string Ddl = "ddl";

    /// <summary>The kind as the commands name it.</summary>
    public LogKind LogKind => Kind switch
    {
        Error => LogKind.Error,
        Slow => LogKind.Slow,
        Audit => LogKind.Audit,
        Ddl => LogKind.Ddl,
        _ => LogKind.Run,
    };

    /// <summary>
    /// Reads an id. One that begins with no kind is the id of an audit log, as the console shows it; of a service
    /// without audit logs, it is one of the first kind.
    /// </summary>
    /// <param name="text">The id.</param>
    /// <param name="kinds">The kinds that the service has.</param>
    /// <exception cref="ApiException"><see cref="ErrorKind.InvalidRequest"/>.</exception>
    public static DatabaseLogId Parse(string text, params string[] kinds)
    {
        ServiceEndpoint.RequireId(text, "log id");
        int slash = text.IndexOf('/');
        var id = slash < 0 ? new DatabaseLogId(text) : new(text.Substring(0, slash), text.Substring(slash + 1));
        return kinds.Contains(id.Kind) && id.Name?.Length != 0
            ? id : new DatabaseLogId(kinds.Contains(Audit) ? Audit : kinds[0], text);
    }

    /// <summary>The id as text.</summary>
    public override string ToString() => Name is null ? Kind : Kind + "/" + Name;
}
