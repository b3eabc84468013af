using System;
using System.Text;

namespace BackupLinks.Formats;

/// <summary>
/// Text of a program that ends its files with a mark: mysqlpump (<c>mysql_crawler</c>, "Dump end time"), mysqldump and
/// mariadb-dump with <c>--xml</c>, <c>.dump</c> of the shell of SQLite, and the metadata of mydumper.
/// </summary>
/// <param name="name">The name that reports have.</param>
/// <param name="head">The first text, behind white space.</param>
/// <param name="second">Text that must follow among the first bytes; empty for none.</param>
/// <param name="end">The mark at the end.</param>
/// <param name="lineLength">The length of the rest of the mark's line; null when no text follows in it.</param>
internal sealed class MarkedText(string name, string head, string second, string end, int? lineLength)
{
    private const string TimeOf = " 2026-01-15 03:00:00";

    private static readonly MarkedText[] All =
    [
        new("mysqlpump", "-- Dump created by MySQL pump utility", "", "\n-- Dump end time:",
            " Thu Jan 15 03:00:00 2026".Length),
        new("mysqldump XML", "<?xml ", "<mysqldump", "\n</mysqldump>", null),
        new("SQLite SQL", "PRAGMA foreign_keys=OFF;", "BEGIN TRANSACTION;", "\nCOMMIT;", null),
        new("mydumper metadata", "# Started dump at:", "", "\n# Finished dump at:", TimeOf.Length),
        new("mydumper metadata", "Started dump at:", "", "\nFinished dump at:", TimeOf.Length),
    ];

    // The shell of SQLite ends a dump of a damaged database with it.
    private static readonly byte[] Failed = Encoding.ASCII.GetBytes("\nROLLBACK; -- due to errors");

    /// <summary>The name that reports have.</summary>
    public string Name => name;

    /// <summary>The program's text that some first bytes are of; null for none.</summary>
    /// <param name="head">The first bytes.</param>
    public static MarkedText? Find(ReadOnlySpan<byte> head)
    {
        string text = Encoding.UTF8.GetString(head.ToArray());
        return Array.Find(All, item => item.Begins(text));
    }

    /// <summary>Reads to the end, and requires the mark there.</summary>
    /// <param name="input">The reader, at the beginning.</param>
    /// <param name="layer">Takes what was found.</param>
    /// <exception cref="BackupFormatException">The mark is not there.</exception>
    public void Verify(ByteReader input, BackupLayer layer)
    {
        layer.Format = name;
        var tail = new TailBytes(64);
        input.Watch(tail.Append);
        try
        {
            MarkSearch.RequireLast(input, layer, Encoding.ASCII.GetBytes(end), lineLength);
        }
        catch (BackupFormatException)
        {
            input.Watch(null);
            int failed = tail.Span.IndexOf(Failed);
            if (failed < 0)
                throw;
            long at = input.Position - tail.Span.Length + failed + 1;
            throw BackupFormatException.Damaged(
                at, $"sqlite3 could not read all of the database, as '{Encoding.ASCII.GetString(Failed, 1, 26)}' at "
                + $"{Text.Numbers.Text(at)} says");
        }
    }

    private bool Begins(string text) =>
        text.StartsWith(head, StringComparison.Ordinal) && text.IndexOf(second, StringComparison.Ordinal) >= 0;
}
