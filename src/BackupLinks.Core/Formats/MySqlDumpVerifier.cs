using System;
using System.Text;
using System.Text.RegularExpressions;

namespace BackupLinks.Formats;

/// <summary>
/// Dumps of mysqldump and mariadb-dump. The last line is a comment, with the time or without it, or, with
/// <c>--skip-comments</c>, the statement that sets what the first ones saved. A dump of <c>--compact</c> has neither,
/// and is text.
/// </summary>
internal sealed class MySqlDumpVerifier : FormatVerifier
{
    /// <inheritdoc/>
    public override BackupFormat Format => BackupFormat.MySqlDump;

    /// <inheritdoc/>
    public override string Name => "mysqldump";

    /// <inheritdoc/>
    public override bool Recognises(ReadOnlySpan<byte> head) =>
        HasComments(head) || head.IndexOf("SET @OLD_SQL_NOTES=@@SQL_NOTES"u8) >= 0 || HasVerbosity(head);

    /// <inheritdoc/>
    public override void Verify(ByteReader input, BackupLayer layer, BackupTest test)
    {
        var head = input.Peek(HeadSize);
        bool hasComments = HasComments(head);
        bool hasVerbosity = HasVerbosity(head);
        string text = Encoding.UTF8.GetString(head.ToArray());
        layer.Checksum = ChecksumCoverage.None;
        var server = Regex.Match(
            text, "^-- Server version\\s+(.+?)\r?$", RegexOptions.Multiline | RegexOptions.CultureInvariant);
        if (server.Success)
        {
            bool isMaria = text.IndexOf("MariaDB", StringComparison.OrdinalIgnoreCase) >= 0;
            layer.Engine = (isMaria ? "MariaDB " : "MySQL ") + server.Groups[1].Value;
        }

        MarkSearch.RequireLast(
            input,
            layer,
            hasComments ? "\n-- Dump completed"u8
                : hasVerbosity ? "\n/*M!100616 SET NOTE_VERBOSITY=@OLD_NOTE_VERBOSITY */;"u8
                : "\n/*!40111 SET SQL_NOTES=@OLD_SQL_NOTES */;"u8,
            hasComments ? " on 2026-01-15 03:00:00".Length : null);
    }

    // MariaDB has it in the place of SQL_NOTES since 2024.
    private static bool HasVerbosity(ReadOnlySpan<byte> head) =>
        head.IndexOf("SET @OLD_NOTE_VERBOSITY=@@NOTE_VERBOSITY"u8) >= 0;

    private static bool HasComments(ReadOnlySpan<byte> head) =>
        head.IndexOf("-- MySQL dump "u8) >= 0 || head.IndexOf("-- MariaDB dump "u8) >= 0;
}
