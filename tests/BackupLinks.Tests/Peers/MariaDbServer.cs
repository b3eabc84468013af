using System;

namespace BackupLinks.Tests.Peers;

/// <summary>A server of MariaDB with a binary log.</summary>
internal sealed class MariaDbServer : PeerServer
{
    /// <summary>Makes a data folder with one table, and starts the server; skips the test where MariaDB is
    /// absent.</summary>
    public MariaDbServer()
    {
        string server = Peer.Require("mariadbd"), user = "--user=" + Environment.UserName;
        Run(Peer.Require("mariadb-install-db"), "--no-defaults", user, "--datadir=" + this["data"],
            "--auth-root-authentication-method=normal", "--skip-test-db");
        string ping = Peer.Require("mariadb-admin");
        Start(
            () => Peer.Run(ping, "--no-defaults", "--socket=" + this["s"], "-uroot", "ping").ExitCode == 0,
            server, "--no-defaults", user, "--datadir=" + this["data"], "--socket=" + this["s"], "--skip-networking",
            "--log-bin=" + this["binlog"], "--binlog-checksum=CRC32", "--pid-file=" + this["pid"],
            "--log-error=" + this["log"], "--innodb-flush-method=fsync");
        Sql("CREATE DATABASE shop");
        Sql("CREATE TABLE shop.trees (id int PRIMARY KEY, name text)");
        Sql("INSERT INTO shop.trees SELECT seq, CONCAT('tree ', MD5(seq)) FROM shop.seq_1_to_20000");
    }

    /// <summary>Runs a statement.</summary>
    public void Sql(string statement) =>
        Run(Peer.Require("mariadb"), "--no-defaults", "--socket=" + this["s"], "-uroot", "-e", statement);

    /// <summary>Runs one of MariaDB's programs with a connection to the server.</summary>
    public string RunTool(string program, params string[] arguments) =>
        Run(Peer.Require(program), ["--no-defaults", "--socket=" + this["s"], "-uroot", .. arguments]);
}
