using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using BackupLinks.Text;

namespace BackupLinks.Formats;

/// <summary>
/// The pages of an SQLite database, read in the order of the file: afterwards, each tree is walked from its root, and
/// each
/// index is compared with its table, as PRAGMA integrity_check does.
/// </summary>
internal sealed class SqlitePages(ByteReader input, int pageSize, int reserved, Encoding encoding)
{
    /// <summary>A database of more pages is not walked, so that memory stays bounded.</summary>
    public const long MostPages = 50_000;

    private const int FirstHeader = 100;
    private const int DeepestTree = 20;

    private readonly List<SqlitePage?> _pages = [null];
    private readonly SqliteSchema _schema = new();
    private readonly HashSet<uint> _seen = [];
    private readonly HashSet<uint> _schemaPages = [];

    /// <summary>Reads so many pages.</summary>
    public void Read(long count)
    {
        byte[] page = new byte[pageSize];
        for (uint number = 1; number <= count; number++)
        {
            int start = number == 1 ? FirstHeader : 0;
            for (int there = 0; there < pageSize;)
            {
                int read = input.ReadSome(page, there, pageSize - there);
                if (read == 0)
                    throw Cut(number, there);
                there += read;
            }

            var parsed = SqlitePage.Read(page, start, pageSize - reserved);
            _pages.Add(parsed);
            if (parsed is { IsTable: true } && (number == 1 || _schemaPages.Contains(number)))
            {
                if (parsed.IsInterior)
                    _schemaPages.UnionWith(parsed.Children);
                else
                    _schema.Add(page, start, encoding);
            }
        }
    }

    /// <summary>Walks the trees.</summary>
    /// <returns>The number of tables.</returns>
    /// <exception cref="BackupFormatException">A tree is not right, or an index differs from its table.</exception>
    public long Walk()
    {
        Sum(1, isTable: true, "sqlite_schema");
        var tables = new Dictionary<string, (SqliteSchema.Item Item, Totals Totals)>(StringComparer.OrdinalIgnoreCase);
        foreach (var item in _schema.Items.Where(item => item.IsTable))
            tables[item.Name] = (item, Sum((uint)item.Root, IsTableRoot(item), item.Name));
        foreach (var index in _schema.Items.Where(item => !item.IsTable))
        {
            var totals = Sum((uint)index.Root, isTable: false, index.Name);
            if (tables.TryGetValue(index.Table, out var table))
                Compare(table.Item, table.Totals, index, totals);
        }

        return tables.Count;
    }

    // A table without row numbers is stored like an index.
    private bool IsTableRoot(SqliteSchema.Item item) =>
        item.Root >= _pages.Count || _pages[(int)item.Root] is not { IsTable: false };

    private void Compare(SqliteSchema.Item table, Totals rows, SqliteSchema.Item index, Totals entries)
    {
        if (SqliteSchema.FindColumns(table, index) is not { } columns)
            return;
        if (rows.Count != entries.Count)
        {
            throw Damaged(index.Root, $"the index '{index.Name}' has {Numbers.Text(entries.Count)} entries, and "
            + $"its table '{table.Name}' {Numbers.Text(rows.Count)} rows");
        }

        for (int i = 0; i < columns.Length && i < SqlitePage.MostColumns; i++)
        {
            int column = columns[i];
            // The column that stands for the row is NULL in every row.
            bool isComparable = column < SqlitePage.MostColumns && column < rows.LeastColumns
                && (rows.Filled >> column & 1) != 0
                && (rows.Incomplete >> column & 1) == 0 && (entries.Incomplete >> i & 1) == 0;
            if (isComparable && rows.Sums[column] != entries.Sums[i])
                throw Damaged(index.Root, $"the index '{index.Name}' has other values than its table '{table.Name}'");
        }
    }

    private Totals Sum(uint root, bool isTable, string name)
    {
        var totals = new Totals();
        Add(root, isTable, name, totals, long.MinValue, long.MaxValue, 0);
        return totals;
    }

    private void Add(uint number, bool isTable, string name, Totals totals, long after, long upTo, int depth)
    {
        if (number == 0 || number >= _pages.Count || depth > DeepestTree || !_seen.Add(number))
        {
            throw Damaged(number, $"the tree of '{name}' leads to page {Numbers.Text(number)}, which is not "
            + "there or is in use twice");
        }

        if (_pages[(int)number] is not { } page || page.IsTable != isTable)
            throw Damaged(number, $"page {Numbers.Text(number)}, of the tree of '{name}', is not valid");
        totals.Add(page);
        if (!page.IsInterior)
        {
            if (isTable && page.Count > 0 && (page.First <= after && after != long.MinValue || page.Last > upTo))
            {
                throw Damaged(number, $"page {Numbers.Text(number)}, of the tree of '{name}', has rows of "
                + "another page");
            }

            return;
        }

        for (int i = 0; i < page.Children.Length; i++)
        {
            long from = isTable && i > 0 ? page.Keys[i - 1] : after;
            long to = isTable && i < page.Keys.Length ? page.Keys[i] : upTo;
            Add(page.Children[i], isTable, name, totals, from, to, depth + 1);
        }
    }

    private BackupFormatException Cut(uint number, int there) => BackupFormatException.Truncated(
        input.Position - there, $"page {Numbers.Text(number)} of {Numbers.Text(pageSize)} bytes begins at "
            + $"{Numbers.Text(input.Position - there)} and {Numbers.Text(there)} bytes are there");

    private BackupFormatException Damaged(long number, string problem) =>
        BackupFormatException.Damaged(Math.Max(0, number - 1) * pageSize, problem);

    // The figures of all pages of one tree.
    private sealed class Totals
    {
        public ulong[] Sums { get; } = new ulong[SqlitePage.MostColumns];

        public long Count { get; private set; }

        public int LeastColumns { get; private set; } = int.MaxValue;

        public uint Incomplete { get; private set; }

        public uint Filled { get; private set; }

        public void Add(SqlitePage page)
        {
            Count += page.Count;
            LeastColumns = Math.Min(LeastColumns, page.LeastColumns);
            Incomplete |= page.Incomplete;
            Filled |= page.Filled;
            for (int i = 0; i < Sums.Length; i++)
                Sums[i] += page.Sums[i];
        }
    }
}
