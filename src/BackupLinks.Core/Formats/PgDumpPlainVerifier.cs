using System;
using System.Text;
using System.Text.RegularExpressions;

namespace BackupLinks.Formats;

/// <summary>
/// Dumps of pg_dump and pg_dumpall as SQL. They end with a comment; since the minor versions of August 2025, a dump of
/// pg_dump then has <c>\unrestrict</c> with the token of its beginning.
/// </summary>
internal sealed class PgDumpPlainVerifier : FormatVerifier
{
    /// <inheritdoc/>
    public override BackupFormat Format => BackupFormat.PgDumpPlain;

    /// <inheritdoc/>
    public override string Name => "pg_dump SQL";

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> head) =>
        head.IndexOf("-- PostgreSQL database dump"u8) >= 0
        || head.IndexOf("-- PostgreSQL database cluster dump"u8) >= 0;

    /// <inheritdoc/>
    public override void Verify(ByteReader input, BackupLayer layer, BackupTest test)
    {
        string head = Encoding.UTF8.GetString(input.Peek(HeadSize).ToArray());
        layer.Checksum = ChecksumCoverage.None;
        // pg_dump writes line feeds on every system; a function can have other ends of lines of its own.
        if (head.IndexOf('\n') is > 0 and var line && head[line - 1] == '\r')
        {
            throw BackupFormatException.Damaged(
                head.IndexOf('\r'), "the lines end with CR LF, as after a transfer as text, and pg_dump writes LF");
        }

        var server = Regex.Match(
            head, "^-- Dumped from database version (.+?)$", RegexOptions.Multiline | RegexOptions.CultureInvariant);
        if (server.Success)
            layer.Engine = "PostgreSQL " + server.Groups[1].Value;
        // A cluster's dump has the token of each database in it, and is not over with any of them; nor is that of one
        // database with the first one, which it has before it connects to the new database.
        bool isCluster = head.Contains("-- PostgreSQL database cluster dump");
        string mark = isCluster
            ? "\n-- PostgreSQL database cluster dump complete\n--"
            : "\n-- PostgreSQL database dump complete\n--";
        var token = Regex.Match(
            head, @"^\\restrict (\w+)$", RegexOptions.Multiline | RegexOptions.CultureInvariant);
        if (token.Success && !isCluster)
            mark += "\n\n\\unrestrict " + token.Groups[1].Value;
        MarkSearch.RequireLast(input, layer, Encoding.UTF8.GetBytes(mark), lineLength: null);
    }
}
