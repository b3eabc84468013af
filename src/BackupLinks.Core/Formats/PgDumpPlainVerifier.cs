using System;
using System.Text;
using System.Text.RegularExpressions;

namespace BackupLinks.Formats;

/// <summary>
/// Dumps of pg_dump and pg_dumpall as SQL. Since the minor versions of August 2025, the last line is <c>\unrestrict</c> with
/// the token of the first; before them, it is a comment.
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
        // pg_dump writes line feeds on every system.
        if (head.Contains("\r\n"))
        {
            throw BackupFormatException.Damaged(
                head.IndexOf('\r'), "the lines end with CR LF, as after a transfer as text, and pg_dump writes LF");
        }

        var server = Regex.Match(
            head, "^-- Dumped from database version (.+?)$", RegexOptions.Multiline | RegexOptions.CultureInvariant);
        if (server.Success)
            layer.Engine = "PostgreSQL " + server.Groups[1].Value;
        var token = Regex.Match(
            head, @"^\\restrict (\w+)$", RegexOptions.Multiline | RegexOptions.CultureInvariant);
        string mark = token.Success ? @"\unrestrict " + token.Groups[1].Value
            : head.Contains("-- PostgreSQL database cluster dump") ? "-- PostgreSQL database cluster dump complete"
            : "-- PostgreSQL database dump complete";
        MarkSearch.RequireLast(
            input, layer, Encoding.UTF8.GetBytes(token.Success ? mark : mark + "\n--"), takesLine: false);
    }
}
