using System;
using System.IO;
using System.Linq;

namespace BackupLinks.Tests.Peers;

/// <summary>A cluster of PostgreSQL, which does not run as root: then it runs as postgres, the user of its
/// package.</summary>
internal sealed class PostgresServer : PeerServer
{
    private readonly string _programs;

    /// <summary>Makes a cluster with one table, and starts it; skips the test where PostgreSQL is absent.</summary>
    public PostgresServer()
    {
        string? programs = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal).LastOrDefault() : null;
        _programs = programs is null ? "" : Path.Combine(programs, "bin");
        Assert.SkipUnless(File.Exists(Path.Combine(_programs, "initdb")), "PostgreSQL is not installed.");
        if (IsRoot)
        {
            Assert.SkipUnless(File.ReadAllText("/etc/passwd").Contains("\npostgres:"), "There is no user postgres.");
            Run("chown", "postgres", Folder);
        }

        RunTool("initdb", "-D", this["data"], "-A", "trust", "-N", "-E", "UTF8", "--no-locale", "-U", "postgres");
        string[] server = AsUser(
            "postgres", "-D", this["data"], "-k", Folder, "-c", "listen_addresses=", "-c", "fsync=off",
            "-c", "logging_collector=on", "-c", "max_wal_senders=4");
        string[] ready = AsUser("pg_isready", "-h", Folder, "-t", "60");
        Start(() => Peer.Run(ready[0], ready[1..]).ExitCode == 0, server[0], server[1..]);
        Sql("CREATE TABLE trees (id int PRIMARY KEY, name text)");
        Sql("INSERT INTO trees SELECT i, 'tree ' || md5(i::text) FROM generate_series(1, 20000) AS i");
        Sql("CREATE TABLE empty (id int)");
        Sql("SELECT lo_from_bytea(0, decode(repeat('00010203', 30000), 'hex'))");
    }

    private static bool IsRoot => Environment.UserName == "root";

    /// <summary>Runs a statement.</summary>
    public void Sql(string statement) => RunTool("psql", "-h", Folder, "-U", "postgres", "-q", "-c", statement);

    /// <summary>Runs one of PostgreSQL's programs.</summary>
    public string RunTool(string program, params string[] arguments)
    {
        string[] command = AsUser(program, arguments);
        return Run(command[0], command[1..]);
    }

    private string[] AsUser(string program, params string[] arguments)
    {
        string[] command = [Path.Combine(_programs, program), .. arguments];
        return IsRoot ? [Peer.Require("setpriv"), "--reuid=postgres", "--regid=postgres", "--clear-groups",
            .. command] : command;
    }
}
