using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace BackupLinks.Formats;

/// <summary>The schema of an SQLite database, as far as it tells which index column is which column of a
/// table.</summary>
internal sealed class SqliteSchema
{
    private const int RootColumn = 3;
    private const int SqlColumn = 4;

    private static readonly string[] Constraints = ["CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"];

    // What may stand behind the name of an indexed column; anything else makes it an expression.
    private static readonly Regex IndexedRest = new(
        @"^(\s+COLLATE\s+\S+)?(\s+(ASC|DESC))?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    // A generated column may not be stored, so that those behind it have other places.
    private static readonly Regex Generated = new(@"\bAS\s*\(", RegexOptions.IgnoreCase
        | RegexOptions.CultureInvariant);

    private readonly List<Item> _items = [];

    /// <summary>The trees, tables and indexes alike.</summary>
    public IReadOnlyList<Item> Items => _items;

    /// <summary>How many pages of the schema were read.</summary>
    public long Pages { get; private set; }

    /// <summary>Whether the place of every tree is known.</summary>
    public bool IsComplete { get; private set; } = true;

    /// <summary>Reads the rows of a page of the table of the schema.</summary>
    /// <param name="page">The page, a leaf, without what is reserved at its end.</param>
    /// <param name="start">Where its header begins.</param>
    /// <param name="encoding">How texts are stored.</param>
    public void Add(ReadOnlySpan<byte> page, int start, Encoding encoding)
    {
        Pages++;
        int cells = (page[start + 3] << 8) | page[start + 4];
        for (int i = 0; i < cells; i++)
        {
            int pointer = start + 8 + (2 * i);
            int at = (page[pointer] << 8) | page[pointer + 1];
            if (!SqlitePage.TryReadNumber(page, ref at, out long length)
                || !SqlitePage.TryReadNumber(page, ref at, out _))
                continue;
            // What lies on overflow pages is not known.
            long local = SqlitePage.LocalLength(length, page.Length, isTableLeaf: true);
            if (ReadItem(page.Slice(at, (int)Math.Min(local, page.Length - at)), encoding) is { } item)
                _items.Add(item);
        }
    }

    /// <summary>The columns of a table that an index has, by their places; null where that is not plain.</summary>
    public static int[]? FindColumns(Item table, Item index)
    {
        if (table.Sql is null || index.Sql is null || !IsPlain(table.Sql)
            || FindList(index.Sql, out string condition) is not { } indexed || condition.Trim().Length > 0)
            return null;
        if (FindList(table.Sql, out string options) is not { } defined
            || options.IndexOf("WITHOUT", StringComparison.OrdinalIgnoreCase) >= 0)
            return null;
        string[] names = [.. defined.Select(column => FirstWord(column, out _)).TakeWhile(
            name => Array.IndexOf(Constraints, name.ToUpperInvariant()) < 0)];
        var columns = new List<int>();
        foreach (string column in indexed)
        {
            string indexedName = FirstWord(column, out string rest);
            int place = Array.FindIndex(names, name => string.Equals(name, indexedName,
                StringComparison.OrdinalIgnoreCase));
            if (place < 0 || !IndexedRest.IsMatch(rest))
                return null;
            columns.Add(place);
        }

        return [.. columns];
    }

    /// <summary>Whether an index has an entry for each row of its table, as far as that is plain.</summary>
    public static bool IsOfAllRows(Item index) => index.Sql is { } sql
        ? FindList(sql, out string condition) is not null && condition.Trim().Length == 0
        : index.IsSqlKnown;

    /// <summary>Whether every column of a table is stored in its place.</summary>
    public static bool StoresAllColumns(Item table) => table.Sql is not null && IsPlain(table.Sql);

    private static bool IsPlain(string sql) =>
        sql.IndexOf("GENERATED", StringComparison.OrdinalIgnoreCase) < 0
        && !Generated.IsMatch(sql)
        && sql.IndexOf("--", StringComparison.Ordinal) < 0
        && sql.IndexOf("/*", StringComparison.Ordinal) < 0
        && sql.IndexOf("VIRTUAL", StringComparison.OrdinalIgnoreCase) < 0;

    // The text between the first parenthesis and its counterpart, split at the commas.
    private static List<string>? FindList(string sql, out string rest)
    {
        rest = "";
        int start = sql.IndexOf('(');
        if (start < 0)
            return null;
        var parts = new List<string>();
        int depth = 0;
        int from = start + 1;
        char quote = '\0';
        for (int i = start; i < sql.Length; i++)
        {
            char c = sql[i];
            if (quote != '\0')
            {
                quote = c == quote ? '\0' : quote;
            }
            else if (c is '\'' or '"' or '`' or '[')
            {
                quote = c == '[' ? ']' : c;
            }
            else if (c == '(')
            {
                depth++;
            }
            else if (c is ')' or ',' && depth == 1)
            {
                parts.Add(sql.Substring(from, i - from).Trim());
                from = i + 1;
                if (c == ')')
                {
                    rest = sql.Substring(from);
                    return parts;
                }
            }
            else if (c == ')')
            {
                depth--;
            }
        }

        return null;
    }

    private static string FirstWord(string text, out string rest)
    {
        int start = 0, end, next;
        if (text.Length > 0 && text[0] is '"' or '`' or '[' or '\'')
        {
            start = 1;
            end = text.IndexOf(text[0] == '[' ? ']' : text[0], 1);
            end = end < 0 ? text.Length : end;
            next = Math.Min(end + 1, text.Length);
        }
        else
        {
            end = text.IndexOfAny([' ', '\t', '\r', '\n', '(']);
            next = end = end < 0 ? text.Length : end;
        }

        rest = text.Substring(next);
        return text.Substring(start, end - start);
    }

    private Item? ReadItem(ReadOnlySpan<byte> record, Encoding encoding)
    {
        int typeAt = 0;
        if (!SqlitePage.TryReadNumber(record, ref typeAt, out long headerLength) || headerLength > record.Length)
        {
            IsComplete = false;
            return null;
        }

        long at = headerLength;
        string?[] texts = new string?[5];
        long root = 0;
        bool isSqlNull = false;
        for (int column = 0; column < 5 && typeAt < headerLength; column++)
        {
            if (!SqlitePage.TryReadNumber(record, ref typeAt, out long type)
                || SqlitePage.LengthOf(type) is not (>= 0 and var size) || size > record.Length - at)
            {
                IsComplete &= column > RootColumn;
                break;
            }

            var value = record.Slice((int)at, (int)size);
            if (type >= 13 && (type & 1) == 1)
                texts[column] = encoding.GetString(value.ToArray());
            else if (column == RootColumn && type <= 9)
                root = type >= 8 ? type - 8 : value.ToArray().Aggregate(0L, (number, next) => (number << 8) | next);
            isSqlNull = column == SqlColumn && type == 0;
            at += size;
        }

        // Views and triggers have no tree.
        if (root <= 0 || texts[0] is not { } kind || texts[1] is not { } name)
            return null;
        string? sql = texts[SqlColumn];
        return new Item(kind == "table", name, texts[2] ?? name, root, sql, isSqlNull || sql is not null);
    }

    /// <summary>A table or an index.</summary>
    /// <param name="IsTable">True for a table.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="Table">The table; its own name for one.</param>
    /// <param name="Root">The page that its tree begins with.</param>
    /// <param name="Sql">The statement that made it; null for an index of a constraint, and where it is not
    /// known.</param>
    /// <param name="IsSqlKnown">False where the statement continues on another page, and was not read.</param>
    internal sealed record Item(bool IsTable, string Name, string Table, long Root, string? Sql, bool IsSqlKnown);
}
